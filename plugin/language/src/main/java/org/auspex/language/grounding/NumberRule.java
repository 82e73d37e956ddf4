package org.auspex.language.grounding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;

/** Every number of a claim must be cited, with the same sign or letters behind it: 5 mg is not 5 g, nor 3 days 3 weeks. */
final class NumberRule implements Rule {

    private static final Pattern NUMBER =
            Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)(?<behind>\\s?(?:[a-zμµ%℃°]+|[天日周月年次片支级岁]|小时|分钟|个月)?)");

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var left = new ArrayList<>(numbers(cited));
        return numbers(claim).stream()
                .filter(number -> !left.remove(number))
                .map(number ->
                        new Objection(Outcome.UNSUPPORTED, "The number %s is not in the cited words".formatted(number)))
                .toList();
    }

    private static List<String> numbers(Reading reading) {
        return NUMBER.matcher(reading.folded())
                .results()
                .map(result ->
                        new BigDecimal(result.group(1)).stripTrailingZeros().toPlainString()
                                + result.group(2).strip())
                .toList();
    }
}
