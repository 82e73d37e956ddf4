package org.auspex.language.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.language.text.Span;

/** Collects the text of a marked-up document: white space as a reader sees it, blocks on lines of their own. */
final class TextBuilder {

    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private final List<Passage> passages = new ArrayList<>();

    TextBuilder(Limits limits) {
        this.limits = limits;
    }

    /** Adds words; white space in them counts as one space. */
    void words(String raw, Optional<Place> place) {
        var start = text.length();
        for (int i = 0; i < raw.length(); i++) {
            var character = raw.charAt(i);
            if (!isSpace(character)) {
                text.append(character);
            } else if (!atBreak()) {
                text.append(' ');
            }
        }
        added(start, place);
    }

    /** Adds text as it stands. */
    void verbatim(String raw, Optional<Place> place) {
        var start = text.length();
        text.append(raw);
        added(start, place);
    }

    void line() {
        while (!text.isEmpty() && (text.charAt(text.length() - 1) == ' ' || text.charAt(text.length() - 1) == '\t')) {
            text.setLength(text.length() - 1);
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    /** Divides the cells of a row. */
    void cell() {
        if (!atBreak()) {
            text.append('\t');
        }
    }

    Extract extract(List<String> unread) {
        line();
        var length = text.length();
        var within = passages.stream()
                .map(passage -> new Passage(clipped(passage.span(), length), passage.place()))
                .filter(passage -> !passage.span().isEmpty())
                .toList();
        return new Extract(text.toString(), within, unread);
    }

    private static Span clipped(Span span, int length) {
        return new Span(Math.min(span.start(), length), Math.min(span.end(), length));
    }

    private void added(int start, Optional<Place> place) {
        limits.checkCharacters(text.length());
        if (text.length() > start) {
            place.ifPresent(known -> passages.add(new Passage(new Span(start, text.length()), known)));
        }
    }

    private boolean atBreak() {
        return text.isEmpty() || isSpace(text.charAt(text.length() - 1));
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || character == '\u00a0';
    }
}
