package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;

/** A side must be cited with the same word behind it; if that word is cited with the other side only, the claim is contradicted. */
final class SideRule implements Rule {

    private static final Pattern SIDE =
            Pattern.compile("(?<side>\\b(?:left|right|bilateral)\\b|[左右双])(?<behind>\\s?[a-z]+|[^\\s，,。；;、a-z]{1,2})?");

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var left = new ArrayList<>(sides(cited));
        return sides(claim).stream()
                .filter(side -> !left.remove(side))
                .map(side -> new Objection(
                        cited.folded().contains(side.substring(side.indexOf(' ') + 1))
                                ? Outcome.CONTRADICTED
                                : Outcome.UNSUPPORTED,
                        "The side of '%s' is not in the cited words".formatted(side)))
                .toList();
    }

    private static List<String> sides(Reading reading) {
        return SIDE.matcher(reading.folded())
                .results()
                .map(result -> result.group(1) + " "
                        + (result.group(2) == null ? "" : result.group(2).strip()))
                .toList();
    }
}
