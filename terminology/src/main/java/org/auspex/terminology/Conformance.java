package org.auspex.terminology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The FHIR conformance resources that Auspex publishes, as JSON. */
public final class Conformance {

    private static final List<String> FILES = List.of(
            "CodeSystem-answer.json",
            "CodeSystem-consent.json",
            "CodeSystem-consultation.json",
            "CodeSystem-device-property.json",
            "CodeSystem-label.json",
            "CodeSystem-measurement.json",
            "CodeSystem-risk-band.json",
            "CodeSystem-rollout.json",
            "CodeSystem-standardisation.json",
            "CodeSystem-state.json",
            "CodeSystem-step-state.json",
            "CodeSystem-survival.json",
            "CodeSystem-watch.json",
            "OperationDefinition-adapt-status.json",
            "OperationDefinition-adapt.json",
            "OperationDefinition-consult.json",
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
            "StructureDefinition-conformal-prediction.json",
            "StructureDefinition-consultation-part.json",
            "StructureDefinition-distance-from-training.json",
            "StructureDefinition-evaluated-model.json",
            "StructureDefinition-interval-95.json",
            "StructureDefinition-knowledge-span.json",
            "StructureDefinition-model-answer.json",
            "StructureDefinition-replaced-by.json",
            "StructureDefinition-source-element.json",
            "StructureDefinition-source-span.json",
            "StructureDefinition-standardisation.json",
            "StructureDefinition-time-to-warning.json",
            "StructureDefinition-timeliness.json",
            "StructureDefinition-undefined-because.json",
            "StructureDefinition-wording.json",
            "StructureDefinition-worse-beyond-chance.json",
            "ValueSet-anaemia.json",
            "ValueSet-antibacterials.json",
            "ValueSet-antihypertensive-drugs.json",
            "ValueSet-antithrombotics.json",
            "ValueSet-aortic-aneurysm.json",
            "ValueSet-aspirin.json",
            "ValueSet-atherosclerotic-disease.json",
            "ValueSet-blood-transfusion.json",
            "ValueSet-bloodstream-infection.json",
            "ValueSet-bowel-disease.json",
            "ValueSet-calcium-lowering-drugs.json",
            "ValueSet-cardiac-arrest.json",
            "ValueSet-chest-pain.json",
            "ValueSet-chronic-hypercapnic-respiratory-failure.json",
            "ValueSet-coagulation-disorder.json",
            "ValueSet-coagulation-reversal.json",
            "ValueSet-colonoscopy.json",
            "ValueSet-confusion.json",
            "ValueSet-coronary-artery-disease.json",
            "ValueSet-coronary-revascularisation.json",
            "ValueSet-diabetes.json",
            "ValueSet-family-history-coronary.json",
            "ValueSet-glucose-raising-drugs.json",
            "ValueSet-heart-failure.json",
            "ValueSet-hypercalcaemia.json",
            "ValueSet-hypercholesterolaemia.json",
            "ValueSet-hyperglycaemic-crisis.json",
            "ValueSet-hyperkalaemia.json",
            "ValueSet-hypertension.json",
            "ValueSet-hypoglycaemia.json",
            "ValueSet-hypokalaemia.json",
            "ValueSet-hyponatraemia.json",
            "ValueSet-hypothyroidism.json",
            "ValueSet-insulins.json",
            "ValueSet-iron.json",
            "ValueSet-kidney-failure.json",
            "ValueSet-long-qt.json",
            "ValueSet-lung-nodule-explained.json",
            "ValueSet-lung-nodule-orders.json",
            "ValueSet-lung-nodule-sampling.json",
            "ValueSet-lung-nodule.json",
            "ValueSet-metformin.json",
            "ValueSet-myocardial-infarction.json",
            "ValueSet-myocardial-injury-explained.json",
            "ValueSet-neutropenia.json",
            "ValueSet-obesity.json",
            "ValueSet-pci.json",
            "ValueSet-potassium-lowering-drugs.json",
            "ValueSet-potassium-supplements.json",
            "ValueSet-shock-or-acidosis.json",
            "ValueSet-smoking-current.json",
            "ValueSet-smoking-former.json",
            "ValueSet-smoking-never.json",
            "ValueSet-smoking-not-current.json",
            "ValueSet-sodium-raising-drugs.json",
            "ValueSet-statins.json",
            "ValueSet-stroke-tia.json",
            "ValueSet-thrombocytopenia.json",
            "ValueSet-thyroid-hormones.json",
            "ValueSet-venous-thromboembolism.json");

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
