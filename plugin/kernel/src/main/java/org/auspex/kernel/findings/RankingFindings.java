package org.auspex.kernel.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Ranking;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.RiskAssessment;

/** A ranking in FHIR: a prediction for each choice that is written, with what speaks for and against it. */
final class RankingFindings {

    /** A contribution that rounds to 0.0 is none. */
    private static final double LEAST_SHOWN = 0.05;

    private final ModelId model;
    private final Evidence evidence;

    RankingFindings(ModelId model, Evidence evidence) {
        this.model = model;
        this.evidence = evidence;
    }

    /** One for each choice, the most probable first. */
    List<RiskAssessment.RiskAssessmentPredictionComponent> of(Ranking ranking) {
        var predictions = new ArrayList<RiskAssessment.RiskAssessmentPredictionComponent>();
        for (var ranked : ranking.top()) {
            var prediction = new RiskAssessment.RiskAssessmentPredictionComponent();
            var concept = new CodeableConcept().setText(ranked.choice().display());
            concept.addCoding()
                    .setSystem(ranked.choice().code().system())
                    .setCode(ranked.choice().code().code())
                    .setDisplay(ranked.choice().display());
            prediction.setOutcome(concept);
            prediction.setProbability(new DecimalType(Findings.percent(ranked.probability())));
            prediction.setRationale("%s, place %d of %d from %d of %d inputs%s"
                    .formatted(
                            model,
                            predictions.size() + 1,
                            ranking.ranked().size(),
                            known(),
                            evidence.readings().size(),
                            reasons(ranked.evidence())));
            predictions.add(prediction);
        }
        return predictions;
    }

    private long known() {
        return evidence.readings().stream()
                .filter(reading -> reading.feature().number().isPresent())
                .count();
    }

    private String reasons(List<Contribution> contributions) {
        return side("for it", contributions, 1) + side("against it", contributions, -1);
    }

    /** What speaks to one side, the weightiest first, in percentage points. */
    private String side(String words, List<Contribution> contributions, int sign) {
        var said = contributions.stream()
                .filter(contribution -> sign * contribution.amount() >= LEAST_SHOWN)
                .sorted(Comparator.comparingDouble(contribution -> -sign * contribution.amount()))
                .map(contribution -> said(contribution, reading(contribution.input())))
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "" : "; %s: %s".formatted(words, said);
    }

    private Reading reading(String input) {
        return evidence.readings().stream()
                .filter(reading -> reading.input().equals(input))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nothing was read for '%s'".formatted(input)));
    }

    private static String said(Contribution contribution, Reading reading) {
        var notes = reading.notes().isEmpty() ? "" : " (%s)".formatted(String.join(", ", reading.notes()));
        return String.format(
                Locale.ROOT,
                "%s %s%s %+.1f",
                reading.input(),
                Rationale.shown(reading.feature()),
                notes,
                contribution.amount());
    }
}
