package org.auspex.language.grounding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;

/**
 * Every number of a claim must be cited, and if it has a unit, with the same: 5 mg is not 5 g, nor 3 days 3 weeks. Numbers in words count as those
 * in digits.
 */
final class NumberRule implements Rule {

    private static final String NAME = "number";

    private static final Pattern DIGITS = Pattern.compile(
            "(?<number>\\d+(?:\\.\\d+)?)(?:(?<behind>\\s?[-/]?\\s?(?:[a-zμµ%℃°]+|[天日周月年次片支级岁粒]|小时|分钟|个月|星期|单位))?)");

    private static final List<String> WORDS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private static final String CHINESE = "一二三四五六七八九十";

    /** Numbers in words count something that is measured; "one" alone may be nobody. */
    private static final Pattern IN_WORDS = Pattern.compile(
            "\\b(?<en>" + String.join("|", WORDS)
                    + ")[ -](?<unit>hour|day|week|month|year|time|dose|tablet)s?\\b|(?<zh>[一二两三四五六七八九十])(?<zhunit>天|日|周|年|小时|分钟|个月|星期)");

    /** A word behind a number that is no unit says nothing about it. */
    private static final Pattern UNIT = Pattern.compile(
            "[mun]?(?:g|l|m|mol)|[μµ](?:g|l|m|mol)|mcg|cm|kg|iu|u|units?|meq|mmhg|kpa|lbs?|pounds?|bpm|%|℃|°[cf]|percent|mgs|hours?|hrs?|h|days?|d|weeks?|wks?|months?|years?|yrs?|minutes?|mins?|times?|tablets?|doses?|pills?|packs?"
                    + "|[天日周月年次片支级岁粒]|小时|分钟|个月|星期|单位");

    private record Counted(String number, String unit) {

        /** A unit that the claim leaves out is no other one. */
        boolean isOf(Counted claimed) {
            return number.equals(claimed.number) && (claimed.unit.isEmpty() || unit.equals(claimed.unit));
        }

        @Override
        public String toString() {
            return number + unit;
        }
    }

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var left = new ArrayList<>(numbers(cited));
        return numbers(claim).stream()
                .filter(number -> !take(number, left))
                .map(number -> new Objection(
                        NAME, Outcome.UNSUPPORTED, "The number %s is not in the cited words".formatted(number)))
                .toList();
    }

    /** Whether a word is a number, for which this rule answers. */
    static boolean isNumber(String word) {
        return WORDS.contains(word);
    }

    private static boolean take(Counted claimed, List<Counted> left) {
        return left.stream()
                .filter(cited -> cited.isOf(claimed))
                .findFirst()
                .map(left::remove)
                .orElse(false);
    }

    private static List<Counted> numbers(Reading reading) {
        return Stream.concat(
                        DIGITS.matcher(reading.folded()).results().map(NumberRule::inDigits),
                        IN_WORDS.matcher(reading.folded()).results().map(NumberRule::inWords))
                .toList();
    }

    private static Counted inDigits(MatchResult found) {
        return new Counted(
                new BigDecimal(found.group(1)).stripTrailingZeros().toPlainString(),
                found.group(2) == null ? "" : unit(found.group(2)));
    }

    private static Counted inWords(MatchResult found) {
        if (found.group(1) != null) {
            return new Counted(String.valueOf(WORDS.indexOf(found.group(1)) + 1), unit(found.group(2)));
        }
        var number = found.group(3).equals("两") ? 2 : CHINESE.indexOf(found.group(3)) + 1;
        return new Counted(String.valueOf(number), unit(found.group(4)));
    }

    private static String unit(String behind) {
        var word = behind.replaceAll("[\\s/-]", "");
        if (!UNIT.matcher(word).matches()) {
            return "";
        }
        return switch (word) {
            case "日" -> "天";
            case "星期" -> "周";
            case "月" -> "个月";
            case "units", "unit" -> "u";
            case "hrs", "hr", "h", "hour", "hours" -> "hour";
            case "d" -> "day";
            case "yr", "yrs" -> "year";
            case "min", "mins" -> "minute";
            default -> word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        };
    }
}
