package org.auspex.kernel.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Differential;
import org.auspex.kernel.outcome.Differential.Diagnosis;
import org.auspex.kernel.outcome.Differential.Reason;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.RiskAssessment;

/** A differential in FHIR: a prediction without a probability for each diagnosis, the likeliest first, with what speaks for and against it. */
final class DifferentialFindings {

    private final ModelId model;

    DifferentialFindings(ModelId model) {
        this.model = model;
    }

    /** How it came to be: what the language model was asked, and each reason that it gave, under its diagnosis. */
    static void trace(Differential differential, Provenance provenance) {
        var trail = new InquiryTrail(provenance);
        trail.add(differential.output().display(), differential.inquiry());
        differential.claims().forEach(claimed -> trail.add(claimed.diagnosis(), claimed.claim()));
    }

    List<RiskAssessment.RiskAssessmentPredictionComponent> of(Differential differential) {
        var predictions = new ArrayList<RiskAssessment.RiskAssessmentPredictionComponent>();
        for (var diagnosis : differential.diagnoses()) {
            var prediction = new RiskAssessment.RiskAssessmentPredictionComponent();
            prediction.setOutcome(concept(diagnosis));
            prediction.setRationale("%s by %s, place %d of %d%s%s"
                    .formatted(
                            model,
                            differential.voice(),
                            predictions.size() + 1,
                            differential.diagnoses().size(),
                            side("for it", diagnosis.supporting()),
                            side("against it", diagnosis.opposing())));
            predictions.add(prediction);
        }
        return predictions;
    }

    private static CodeableConcept concept(Diagnosis diagnosis) {
        var concept = new CodeableConcept().setText(diagnosis.words());
        diagnosis
                .code()
                .ifPresent(code -> concept.addCoding().setSystem(code.system()).setCode(code.code()));
        return concept;
    }

    private static String side(String words, List<Reason> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.stream()
                        .map(reason -> "%s (%s)".formatted(reason.words(), String.join("; ", reason.places())))
                        .collect(Collectors.joining("; ", "; %s: ".formatted(words), ""));
    }
}
