package org.auspex.operations.job;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.auspex.worklist.JobOutcome;
import org.auspex.worklist.JobProgress;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** What a job that is done answers: how many questions ended how, and what became of each. */
record JobAnswer(JobProgress progress) {

    Bundle bundle(List<JobOutcome> outcomes) {
        var bundle = new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
        bundle.addEntry().setResource(parameters(outcomes)).getResponse().setStatus("200 OK");
        return bundle;
    }

    private Parameters parameters(List<JobOutcome> outcomes) {
        var job = progress.job();
        var parameters = new Parameters();
        parameters.addParameter("subjects", new StringType(job.subjects()));
        parameters.addParameter(
                "asOf",
                new DateTimeType(Date.from(job.asOf()), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC")));
        parameters.addParameter("persist", new BooleanType(job.persist()));
        parameters.addParameter("total", count(progress.total()));
        for (var state : List.of("done", "abstained", "failed", "excluded")) {
            parameters.addParameter(state, count(progress.count(state)));
        }
        outcomes.forEach(outcome -> add(parameters.addParameter().setName("outcome"), outcome));
        return parameters;
    }

    private static IntegerType count(long number) {
        return new IntegerType(Math.toIntExact(number));
    }

    private static void add(Parameters.ParametersParameterComponent part, JobOutcome outcome) {
        part.addPart().setName("subject").setValue(new Reference(outcome.subject()));
        outcome.model().ifPresent(model -> part.addPart().setName("model").setValue(new StringType(model)));
        part.addPart().setName("state").setValue(new CodeType(outcome.state()));
        outcome.result().ifPresent(result -> part.addPart().setName("result").setValue(new Reference(result)));
        outcome.text().ifPresent(text -> part.addPart().setName("text").setValue(new StringType(text)));
    }
}
