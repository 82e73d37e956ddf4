package org.auspex.terminology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The FHIR conformance resources that Auspex publishes, as JSON. */
public final class Conformance {

    private static final List<String> FILES = List.of(
            "CodeSystem-consent.json",
            "CodeSystem-device-property.json",
            "CodeSystem-label.json",
            "CodeSystem-measurement.json",
            "CodeSystem-risk-band.json",
            "CodeSystem-rollout.json",
            "CodeSystem-state.json",
            "CodeSystem-survival.json",
            "OperationDefinition-adapt-status.json",
            "OperationDefinition-adapt.json",
            "OperationDefinition-evaluate-status.json",
            "OperationDefinition-evaluate.json",
            "OperationDefinition-predict-status.json",
            "OperationDefinition-predict.json",
            "OperationDefinition-rollout.json",
            "OperationDefinition-summarize.json",
            "Questionnaire-heart.json",
            "SearchParameter-provenance-activity.json",
            "SearchParameter-provenance-reason.json",
            "SearchParameter-riskassessment-basis.json",
            "SearchParameter-riskassessment-code.json",
            "SearchParameter-riskassessment-outcome.json",
            "SearchParameter-riskassessment-status.json",
            "StructureDefinition-claim-verdict.json",
            "StructureDefinition-model-answer.json",
            "StructureDefinition-source-span.json",
            "StructureDefinition-timeliness.json",
            "StructureDefinition-wording.json",
            "ValueSet-antihypertensive-drugs.json",
            "ValueSet-aspirin.json",
            "ValueSet-atherosclerotic-disease.json",
            "ValueSet-cardiac-arrest.json",
            "ValueSet-chronic-hypercapnic-respiratory-failure.json",
            "ValueSet-confusion.json",
            "ValueSet-coronary-artery-disease.json",
            "ValueSet-coronary-revascularisation.json",
            "ValueSet-diabetes.json",
            "ValueSet-family-history-coronary.json",
            "ValueSet-heart-failure.json",
            "ValueSet-hypercholesterolaemia.json",
            "ValueSet-hypertension.json",
            "ValueSet-myocardial-infarction.json",
            "ValueSet-obesity.json",
            "ValueSet-pci.json",
            "ValueSet-smoking-current.json",
            "ValueSet-smoking-former.json",
            "ValueSet-smoking-never.json",
            "ValueSet-smoking-not-current.json",
            "ValueSet-statins.json",
            "ValueSet-stroke-tia.json");

    private Conformance() {}

    public static List<String> resources() {
        return FILES.stream().map(Conformance::read).toList();
    }

    private static String read(String file) {
        try (var in = Conformance.class.getResourceAsStream("conformance/" + file)) {
            if (in == null) {
                throw new IllegalStateException("No conformance resource " + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
