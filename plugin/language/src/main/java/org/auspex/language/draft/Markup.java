package org.auspex.language.draft;

/** Text as it stands in HTML and XHTML. */
final class Markup {

    private Markup() {}

    /** Fit for the content of elements and for attributes in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
