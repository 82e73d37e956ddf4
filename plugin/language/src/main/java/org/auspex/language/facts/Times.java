package org.auspex.language.facts;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auspex.language.text.Span;

/**
 * Finds dates and lengths of time. A date of numbers alone is read year first; 03/04/2024 is March or April, and not read, unless one
 * number can be no month.
 */
final class Times {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern YEAR_FIRST = Pattern.compile(
            "(?<!\\d)(?<y>(?:19|20)\\d\\d)(?:[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})(?!\\d)|年(?:(?<mz>\\d{1,2})月(?:(?<dz>\\d{1,2})[日号])?)?(?!前))");

    private static final Pattern MONTH_NAMED = Pattern.compile(
            "\\b(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? (?:(?<d>\\d{1,2})(?:st|nd|rd|th)?,? )?(?<y>(?:19|20)\\d\\d)\\b");

    private static final Pattern YEAR_LAST =
            Pattern.compile("(?<!\\d)(?<a>\\d{1,2})/(?<b>\\d{1,2})/(?<y>(?:19|20)\\d\\d)(?!\\d)");

    private static final Pattern AGO = Pattern.compile(
            "(?<!\\d)(?<n>\\d{1,3}|[一二两三四五六七八九十半]|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten))\\s?(?:余|多)?(?:个)?(?<unit>小时|天|日|周|月|年|hours?|days?|weeks?|months?|years?)(?:前| ago| prior)");

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("一", "1"),
            Map.entry("二", "2"),
            Map.entry("两", "2"),
            Map.entry("三", "3"),
            Map.entry("四", "4"),
            Map.entry("五", "5"),
            Map.entry("六", "6"),
            Map.entry("七", "7"),
            Map.entry("八", "8"),
            Map.entry("九", "9"),
            Map.entry("十", "10"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));

    private Times() {}

    static List<TimeMention> in(String folded, Span sentence) {
        return Stream.of(
                        mentions(folded, sentence, YEAR_FIRST, Times::yearFirst),
                        mentions(folded, sentence, MONTH_NAMED, Times::monthNamed),
                        mentions(folded, sentence, YEAR_LAST, Times::yearLast),
                        mentions(folded, sentence, AGO, Times::ago))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(TimeMention::span))
                .toList();
    }

    private static List<TimeMention> mentions(
            String folded, Span sentence, Pattern pattern, Function<Matcher, Optional<String>> reading) {
        var mentions = new ArrayList<TimeMention>();
        var matcher =
                pattern.matcher(folded).region(sentence.start(), sentence.end()).useTransparentBounds(true);
        while (matcher.find()) {
            var span = new Span(matcher.start(), matcher.end());
            reading.apply(matcher).ifPresent(time -> mentions.add(new TimeMention(span, sentence, time)));
        }
        return mentions;
    }

    private static Optional<String> yearFirst(Matcher matcher) {
        return date(
                matcher.group("y"),
                Optional.ofNullable(matcher.group("m")).or(() -> Optional.ofNullable(matcher.group("mz"))),
                Optional.ofNullable(matcher.group("d")).or(() -> Optional.ofNullable(matcher.group("dz"))));
    }

    private static Optional<String> monthNamed(Matcher matcher) {
        var month = MONTHS.indexOf(matcher.group("name")) + 1;
        return date(matcher.group("y"), Optional.of(String.valueOf(month)), Optional.ofNullable(matcher.group("d")));
    }

    private static Optional<String> yearLast(Matcher matcher) {
        var first = Integer.parseInt(matcher.group("a"));
        var second = Integer.parseInt(matcher.group("b"));
        if (first <= MONTHS.size() && second <= MONTHS.size() && first != second) {
            return Optional.empty();
        }
        return first <= MONTHS.size()
                ? date(matcher.group("y"), Optional.of(matcher.group("a")), Optional.of(matcher.group("b")))
                : date(matcher.group("y"), Optional.of(matcher.group("b")), Optional.of(matcher.group("a")));
    }

    private static Optional<String> date(String year, Optional<String> month, Optional<String> day) {
        try {
            var date = LocalDate.of(
                    Integer.parseInt(year),
                    month.map(Integer::parseInt).orElse(1),
                    day.map(Integer::parseInt).orElse(1));
            return Optional.of(date.toString().substring(0, day.isPresent() ? 10 : month.isPresent() ? 7 : 4));
        } catch (DateTimeException e) {
            // A date that no calendar has, such as the 31st of June, says nothing.
            return Optional.empty();
        }
    }

    private static Optional<String> ago(Matcher matcher) {
        var written = matcher.group("n");
        var number = NUMBERS.getOrDefault(written, written);
        if (number.equals("半")) {
            return Optional.empty();
        }
        var unit = matcher.group("unit");
        return Optional.of(
                switch (unit.charAt(0)) {
                    case '小', 'h' -> "-PT%sH".formatted(number);
                    case '天', '日', 'd' -> "-P%sD".formatted(number);
                    case '周', 'w' -> "-P%sW".formatted(number);
                    case '月', 'm' -> "-P%sM".formatted(number);
                    default -> "-P%sY".formatted(number);
                });
    }
}
