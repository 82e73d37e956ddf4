package org.auspex.language.prose;

import java.util.List;
import java.util.stream.Collectors;
import org.auspex.language.grounding.Check;
import org.auspex.language.grounding.Verdict;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.summary.Quotation;

/** Holds claims against the quotations that they cite, by one check after the other, until one objects. */
final class Judge {

    /** Keeps the quotations apart, so that nothing said in one reaches into the next. */
    private static final String BETWEEN = "\n\n";

    private final List<Check> checks;

    Judge(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** How many checks a claim must pass. */
    int checks() {
        return checks.size();
    }

    Judged of(Claim claim, List<Quotation> quotations, int round) {
        if (claim.cited().isEmpty()) {
            return new Judged(claim.text(), List.of(), unsupported("It cites no sentence"), round);
        }
        var unknown = claim.cited().stream()
                .filter(number -> number < 1 || number > quotations.size())
                .toList();
        if (!unknown.isEmpty()) {
            var why = "It cites %s, where the sentences are 1 to %d".formatted(unknown, quotations.size());
            return new Judged(claim.text(), List.of(), unsupported(why), round);
        }
        var cited =
                claim.cited().stream().map(number -> quotations.get(number - 1)).toList();
        return new Judged(claim.text(), cited, verdict(claim.text(), cited), round);
    }

    private Verdict verdict(String claim, List<Quotation> cited) {
        var words = cited.stream().map(Quotation::text).collect(Collectors.joining(BETWEEN));
        return checks.stream()
                .map(check -> check.check(claim, words))
                .filter(verdict -> verdict.outcome() != Outcome.SUPPORTED)
                .findFirst()
                .orElse(Verdict.supported());
    }

    private static Verdict unsupported(String why) {
        return Verdict.refused("citation", Outcome.UNSUPPORTED, why);
    }
}
