package org.auspex.language.facts;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.Span;

/** Reads values behind the names of tests and drugs. Units are those of {@code units.tsv}, with their UCUM codes. */
final class Quantities {

    /** What may stand between a name and its value. */
    private static final String GAP =
            "(?:\\s|[:=,(]|is|was|of|at|to|level|reading|about|approximately|around|today|为|是|约|达|升至|降至|示|升高至|波动于)*";

    private static final String NUMBER = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";

    /** Units that doses are given in. */
    private static final Pattern DOSE_UNITS = Pattern.compile("[mun]?g|mL|L|\\[iU\\]|U|meq|\\{.*}");

    private final Map<String, String> units;
    private final Pattern pattern;

    Quantities() {
        units = Lines.of(Quantities.class, "units.tsv").stream()
                .collect(Collectors.toUnmodifiableMap(columns -> Folding.of(columns[0]), columns -> columns[1]));
        var written = units.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        pattern = Pattern.compile("\\G" + GAP + "(?<value>(?<comparator>[<>≤≥]=?)?\\s*(?<number>" + NUMBER
                + ")(?:\\s*/\\s*(?<second>" + NUMBER + "))?\\s*(?<unit>(?:" + written + ")(?![a-z]))?)");
    }

    /** The value that follows a test's name, up to {@code end}. */
    Optional<Measurement> after(String folded, int from, int end) {
        var matcher = pattern.matcher(folded).region(from, end).useTransparentBounds(true);
        return matcher.find() && !isPartOfWord(folded, matcher) ? Optional.of(measurement(matcher)) : Optional.empty();
    }

    /** The dose that follows a drug's name. A number without a unit of doses is none. */
    Optional<Measurement> doseAfter(String folded, int from, int end) {
        return after(folded, from, end)
                .filter(dose -> dose.unit()
                        .filter(unit -> DOSE_UNITS.matcher(unit).matches())
                        .isPresent());
    }

    /** "3天", "2+", "2年前" are no values of a test, nor is the beginning of a date. */
    private static boolean isPartOfWord(String folded, Matcher matcher) {
        if (matcher.group("unit") != null || matcher.end("value") >= folded.length()) {
            return false;
        }
        return "天日月年周小次级-+.".indexOf(folded.charAt(matcher.end("value"))) >= 0
                && !(folded.charAt(matcher.end("value")) == '.' && !hasDigitAt(folded, matcher.end("value") + 1));
    }

    private static boolean hasDigitAt(String folded, int at) {
        return at < folded.length() && Character.isDigit(folded.charAt(at));
    }

    private Measurement measurement(Matcher matcher) {
        var comparator = Optional.ofNullable(matcher.group("comparator")).orElse("");
        return new Measurement(
                comparator.replace("≤", "<=").replace("≥", ">="),
                number(matcher.group("number")),
                Optional.ofNullable(matcher.group("second")).map(Quantities::number),
                Optional.ofNullable(matcher.group("unit")).map(units::get),
                new Span(matcher.start("value"), matcher.end("value")));
    }

    private static BigDecimal number(String written) {
        return new BigDecimal(written.replace(",", ""));
    }
}
