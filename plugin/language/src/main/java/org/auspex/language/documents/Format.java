package org.auspex.language.documents;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.language.documents.DocumentRefused.Reason;

/** What documents are written in, most easily cited first. */
public enum Format {
    PLAIN("text/plain"),
    CDA("text/xml", "application/xml", "application/hl7-cda+xml", "application/hl7-sda+xml"),
    HTML("text/html", "application/xhtml+xml"),
    RTF("application/rtf", "text/rtf"),
    PDF("application/pdf");

    private static final int LOOKED_AT = 1024;

    private final List<String> mediaTypes;

    Format(String... mediaTypes) {
        this.mediaTypes = List.of(mediaTypes);
    }

    /**
     * The format of an attachment: what is declared, unless the bytes are plainly something else.
     *
     * @param mediaType as declared, empty if it is not
     * @throws DocumentRefused if the format is none of these, or declaration and bytes disagree
     */
    static Format of(String mediaType, byte[] bytes) {
        var seen = seen(bytes);
        if (mediaType.isBlank()) {
            return seen.orElse(PLAIN);
        }
        var declared = declared(mediaType);
        if (seen.isPresent()
                && seen.get() != declared
                && !(declared == PLAIN && seen.get().isMarkup())) {
            throw new DocumentRefused(
                    Reason.FORMAT,
                    "The attachment is declared as %s, but it is %s. Correct its contentType"
                            .formatted(mediaType, seen.get().mediaTypes.get(0)));
        }
        if (seen.isEmpty() && (declared == PDF || declared == RTF)) {
            throw new DocumentRefused(
                    Reason.FORMAT,
                    "The attachment is declared as %s, but it does not begin as one. Correct its contentType"
                            .formatted(mediaType));
        }
        return declared;
    }

    boolean isCalled(String mediaType) {
        return mediaTypes.contains(mediaType.toLowerCase(Locale.ROOT));
    }

    private static Format declared(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.isCalled(mediaType))
                .findFirst()
                .orElseThrow(() -> new DocumentRefused(
                        Reason.FORMAT,
                        "Attachments of type '%s' are not read. Send one of %s"
                                .formatted(
                                        mediaType,
                                        Arrays.stream(values())
                                                .map(format -> format.mediaTypes.get(0))
                                                .collect(Collectors.joining(", ")))));
    }

    private boolean isMarkup() {
        return this == HTML || this == CDA;
    }

    private static Optional<Format> seen(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1)
                .replace("\u00ef\u00bb\u00bf", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (head.startsWith("%pdf-")) {
            return Optional.of(PDF);
        }
        if (head.startsWith("{\\rtf")) {
            return Optional.of(RTF);
        }
        if (head.startsWith("<!doctype html") || head.startsWith("<html") || head.contains("<html")) {
            return Optional.of(HTML);
        }
        return head.startsWith("<?xml") || head.startsWith("<clinicaldocument") ? Optional.of(CDA) : Optional.empty();
    }
}
