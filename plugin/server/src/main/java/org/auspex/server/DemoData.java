package org.auspex.server;

import ca.uhn.fhir.context.FhirContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.auspex.store.JpaStore;
import org.auspex.testdata.Shipped;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Profile {@code demo}: loads the invented patients, as of now, once, and shows what to do next. It waits for readiness, which
 * comes after everything that begins when the application is ready, the workers included.
 */
@Component
@Profile("demo")
class DemoData implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FhirContext fhir;
    private final JpaStore store;
    private final MeterRegistry meters;
    private final Environment environment;

    DemoData(FhirContext fhir, JpaStore store, MeterRegistry meters, Environment environment) {
        this.fhir = fhir;
        this.store = store;
        this.meters = meters;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> change) {
        if (change.getState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return;
        }
        if (store.subjects().find("Patient/demo-chest-pain").isEmpty()) {
            load(Duration.between(Instant.parse(Shipped.PATIENTS_NOW), Instant.now()));
        }
        awaitAnswers();
        var port = environment.getProperty("local.server.port", "8080");
        LOG.info(tour("http://localhost:" + port + "/fhir"));
    }

    /** So that the first line of the tour finds what the models said. */
    private void awaitAnswers() {
        var end = Instant.now().plus(PATIENCE);
        try {
            while (questions("waiting") + questions("claimed") > 0
                    && Instant.now().isBefore(end)) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double questions(String state) {
        return meters.get("auspex.worklist.questions")
                .tag("state", state)
                .gauge()
                .value();
    }

    private void load(Duration since) {
        try {
            var files =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + Shipped.PATIENTS + "*.json");
            for (var file : files) {
                var json = file.getContentAsString(StandardCharsets.UTF_8);
                var bundle = fhir.newJsonParser().parseResource(Bundle.class, json);
                bundle.getEntry().forEach(entry -> shift(entry.getResource(), since));
                store.intake().transaction(bundle);
            }
            LOG.info("Loaded {} demonstration patients", files.length);
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration patients cannot be read", e);
        }
    }

    private static void shift(Resource resource, Duration by) {
        if (resource instanceof Observation observation) {
            if (observation.getEffective() instanceof BaseDateTimeType time) {
                shift(time, by);
            } else if (observation.getEffective() instanceof Period period) {
                shift(period.getStartElement(), by);
                shift(period.getEndElement(), by);
            }
            shift(observation.getIssuedElement(), by);
        } else if (resource instanceof Condition condition) {
            shift(condition.getRecordedDateElement(), by);
            if (condition.getOnset() instanceof DateTimeType onset) {
                shift(onset, by);
            }
        }
    }

    private static void shift(BaseDateTimeType time, Duration by) {
        if (time.hasValue()) {
            time.setValue(Date.from(time.getValue().toInstant().plus(by)));
        }
    }

    private static String tour(String base) {
        return """

                Auspex is ready. Three things to try:

                1. What the models said when the patients were stored, by themselves:
                   curl -s '%1$s/RiskAssessment?_tag=https://auspex-fhir.org/fhir/CodeSystem/state|current&_include=RiskAssessment:patient'

                2. Ask about one patient, and why:
                   curl -s -X POST '%1$s/Patient/demo-chest-pain/$predict' -H 'Content-Type: application/fhir+json' -d '{"resourceType":"Parameters","parameter":[{"name":"model","valueString":"coronary-disease"},{"name":"explain","valueBoolean":true}]}'

                3. Store a falling blood pressure, and see the early warning score follow:
                   curl -s -X POST '%1$s/Observation' -H 'Content-Type: application/fhir+json' -d '{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"subject":{"reference":"Patient/demo-sepsis"},"effectiveDateTime":"'$(date -u +%%Y-%%m-%%dT%%H:%%M:%%SZ)'","valueQuantity":{"value":82,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}'; sleep 2; curl -s '%1$s/RiskAssessment?patient=demo-sepsis&_tag=https://auspex-fhir.org/fhir/CodeSystem/state|current'
                """.formatted(base);
    }
}
