package org.auspex.operations.adapt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.auspex.kernel.adaptation.Adapted;
import org.auspex.kernel.adaptation.Score;
import org.auspex.kernel.findings.ModelDevice;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** What an adaptation that is done answers: the candidate, and what it is worth. */
record AdaptAnswer(Adapted adapted) {

    private static final int DIGITS = 4;

    Bundle bundle() {
        var bundle = new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
        bundle.addEntry().setResource(parameters()).getResponse().setStatus("200 OK");
        return bundle;
    }

    private Parameters parameters() {
        var id = adapted.card().id();
        var report = adapted.report();
        var parameters = new Parameters();
        parameters.addParameter("model", new StringType(id.toString()));
        parameters.addParameter().setName("candidate").setValue(new Reference("Device/" + ModelDevice.id(id)));
        parameters.addParameter(
                "stage", new CodeType(adapted.card().rollout().stage().code()));
        parameters.addParameter("trainingImages", new IntegerType(report.trainingImages()));
        parameters.addParameter("trainingPatients", count(report.trainingPatients()));
        parameters.addParameter("unlabelledImages", new IntegerType(report.unlabelledImages()));
        parameters.addParameter("heldOutImages", new IntegerType(report.heldOutImages()));
        parameters.addParameter("heldOutPatients", count(report.heldOutPatients()));
        add(parameters, "dice", report.scores().candidate());
        add(parameters, "baseDice", report.scores().base());
        add(parameters, "thresholdDice", report.scores().threshold());
        return parameters;
    }

    private static void add(Parameters parameters, String name, Score score) {
        var part = parameters.addParameter().setName(name);
        part.addPart().setName("value").setValue(decimal(score.value()));
        score.interval().ifPresent(interval -> {
            part.addPart().setName("low").setValue(decimal(interval.low()));
            part.addPart().setName("high").setValue(decimal(interval.high()));
        });
    }

    private static IntegerType count(long number) {
        return new IntegerType(Math.toIntExact(number));
    }

    private static DecimalType decimal(double number) {
        return new DecimalType(BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP));
    }
}
