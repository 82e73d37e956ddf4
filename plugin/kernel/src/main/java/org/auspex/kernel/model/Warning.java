package org.auspex.kernel.model;

import java.util.List;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.RiskWord;

/**
 * Which results warn, and of what since when.
 *
 * @param since the input whose time is that of the first symptom
 * @param labels of the results that warn
 * @param risks words for risk that warn
 */
public record Warning(String since, List<String> labels, List<RiskWord> risks) {

    public Warning {
        labels = List.copyOf(labels);
        risks = List.copyOf(risks);
    }

    /** Whether a result warns. */
    public boolean isGiven(Outcome outcome) {
        var labelled = outcome instanceof Outcome.Labelled found
                && labels.contains(found.label().name());
        return labelled || outcome.risk().filter(risks::contains).isPresent();
    }
}
