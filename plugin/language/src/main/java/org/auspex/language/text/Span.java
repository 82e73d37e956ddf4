package org.auspex.language.text;

/**
 * A part of a text.
 *
 * @param start offset of its first character, in UTF-16 code units
 * @param end offset after its last
 */
public record Span(int start, int end) implements Comparable<Span> {

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("A span ends at or after its start: %d to %d".formatted(start, end));
        }
    }

    /** The span without white space at its ends. */
    public static Span stripped(CharSequence text, int start, int end) {
        var from = start;
        var to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Span(from, to);
    }

    /** The same part, of a text in which this text begins at {@code by}. */
    public Span shifted(int by) {
        return new Span(start + by, end + by);
    }

    public int length() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public boolean contains(Span other) {
        return start <= other.start && other.end <= end;
    }

    public boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }

    /** How many characters lie between the two; 0 if they touch or overlap. */
    public int distance(Span other) {
        return Math.max(0, Math.max(start - other.end, other.start - end));
    }

    public String in(CharSequence text) {
        return text.subSequence(start, end).toString();
    }

    @Override
    public int compareTo(Span other) {
        return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
    }
}
