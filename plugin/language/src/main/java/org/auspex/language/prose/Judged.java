package org.auspex.language.prose;

import java.util.List;
import org.auspex.language.grounding.Verdict;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.summary.Quotation;

/**
 * A claim of a language model, with the verdict on it.
 *
 * @param cited the quotations that the claim names; none if it names none, or one that does not exist
 * @param round 1 for what it said first, 2 for what it said when asked again
 */
public record Judged(String claim, List<Quotation> cited, Verdict verdict, int round) {

    public Judged {
        cited = List.copyOf(cited);
    }

    public boolean isSupported() {
        return verdict.outcome() == Outcome.SUPPORTED;
    }
}
