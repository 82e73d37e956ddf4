package org.auspex.language.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the sections of a note by their headings, which {@code headings.tsv} lists. A heading begins a line, or follows the
 * end of a Chinese sentence, and is followed by a colon, a closing bracket or the end of its line.
 */
public final class Sections {

    /** What may stand before a heading: numbers, bullets, brackets, marks of emphasis. */
    private static final String BEFORE =
            "(?:^|(?<=[\\n\\r]))[ \\t]*(?:[#*•·>-]+[ \\t]*)?(?:\\(?[一二三四五六七八九十]+[、.)]|\\d{1,2}[、.)])?[ \\t]*[\\[【<*_]*[ \\t]*";

    private static final String AFTER = "[ \\t]*(?:[*_]*[ \\t]*[:][*_]*|[\\]】>]+[ \\t]*:?|[*_]*[ \\t]*(?=[\\n\\r]|$))";

    /** A Chinese heading may be divided from its text by spaces alone. */
    private static final String AFTER_CHINESE = "(?:" + AFTER + "|[ \\t]+)";

    /** A line of capital letters alone is a heading that we do not know. */
    private static final Pattern UNKNOWN = Pattern.compile("(?m)^[ \\t]*([A-Z][A-Z /&,'()-]{3,60}):?[ \\t]*$");

    private static final Pattern BRACKETED = Pattern.compile("(?m)^[ \\t]*【([^】\\n]{2,20})】");

    private final Map<String, SectionKind> kinds;
    private final Pattern known;

    public Sections() {
        kinds = Lines.of(Sections.class, "headings.tsv").stream()
                .collect(Collectors.toUnmodifiableMap(
                        columns -> Folding.of(columns[1]),
                        columns -> SectionKind.valueOf(
                                columns[0].toUpperCase(Locale.ROOT).replace('-', '_'))));
        var chinese = alternatives(true);
        known = Pattern.compile(BEFORE + "(?:(?<en>" + alternatives(false) + ")" + AFTER + "|(?<zh>" + chinese + ")"
                + AFTER_CHINESE + ")|(?<=[。;])[ \\t]*(?<inline>" + chinese + ")[ \\t]*:");
    }

    /** The sections in their order. Together with their headings they hold all words of the text. */
    public List<Section> of(String text) {
        var headings = headings(text);
        var sections = new ArrayList<Section>();
        var first = headings.isEmpty() ? text.length() : headings.get(0).span().start();
        var opening = Span.stripped(text, 0, first);
        if (!opening.isEmpty()) {
            sections.add(new Section(SectionKind.OTHER, new Span(0, 0), opening));
        }
        for (int i = 0; i < headings.size(); i++) {
            var heading = headings.get(i);
            var end = i + 1 < headings.size() ? headings.get(i + 1).span().start() : text.length();
            sections.add(new Section(
                    heading.kind(),
                    Span.stripped(text, heading.span().start(), heading.span().end()),
                    Span.stripped(text, heading.span().end(), end)));
        }
        return List.copyOf(sections);
    }

    private record Heading(SectionKind kind, Span span) {}

    private List<Heading> headings(String text) {
        var headings = new ArrayList<Heading>();
        var matcher = known.matcher(Folding.of(text));
        while (matcher.find()) {
            var words = Optional.ofNullable(matcher.group("en"))
                    .or(() -> Optional.ofNullable(matcher.group("zh")))
                    .orElseGet(() -> matcher.group("inline"));
            var kind = kinds.get(words.replaceAll("[ \\t]+", " "));
            headings.add(
                    new Heading(kind == null ? SectionKind.OTHER : kind, new Span(matcher.start(), matcher.end())));
        }
        addUnknown(headings, text, UNKNOWN);
        addUnknown(headings, text, BRACKETED);
        headings.sort(Comparator.comparing(Heading::span));
        return headings;
    }

    private static void addUnknown(List<Heading> headings, String text, Pattern pattern) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            var span = new Span(matcher.start(), matcher.end());
            if (headings.stream().noneMatch(heading -> heading.span().overlaps(span))) {
                headings.add(new Heading(SectionKind.OTHER, span));
            }
        }
    }

    /** Longest first, because the first alternative that fits is taken. */
    private String alternatives(boolean chinese) {
        return kinds.keySet().stream()
                .filter(words -> words.chars().anyMatch(character -> Folding.isIdeograph((char) character)) == chinese)
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(words -> Pattern.quote(words).replace(" ", "\\E[ \\t]+\\Q"))
                .collect(Collectors.joining("|"));
    }
}
