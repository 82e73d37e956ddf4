package org.auspex.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/**
 * The patients of docs/querying.md: for each question one who is meant and one who is not. Their names begin with the
 * model that speaks about them: g for GRACE, n for NEWS2, v for PREVENT.
 */
final class QueriedPatients {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path GRACE = Path.of("../../testdata/models/grace-in-hospital/1.0.0/model.yaml");
    private static final String MEASUREMENT = "https://auspex-fhir.org/fhir/CodeSystem/measurement";
    private static final String BORN = "1950-01-01";

    private final RunningServer server;
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(10));

    QueriedPatients(RunningServer server) {
        this.server = server;
    }

    void admit() {
        admitForGrace();
        admitForNews();
        admitForPrevent();
        admitForAnotherVersionOfGrace();
    }

    /** g-old was at high risk ten days ago and not seen since; g-better was too, and is not any more. */
    private void admitForGrace() {
        store("g-high", highRisk("g-high", Instant.now()));
        store("g-low", lowRisk("g-low"));
        store("g-old", highRisk("g-old", longAgo));
        store("g-better", highRisk("g-better", longAgo));
        predict("g-old", longAgoOf("grace-in-hospital"));
        predict("g-better", longAgoOf("grace-in-hospital"));
        store("g-better", lowRisk("g-better"));
        for (var patient : List.of("g-high", "g-low")) {
            await(patient, "troponin-0-1h", risk -> true);
            await(patient, "grace-in-hospital", risk -> true);
        }
        await("g-better", "grace-in-hospital", risk -> probability(risk) < 20);
    }

    private void admitForNews() {
        store("n-ill", news("n-ill", 26, 90, 135));
        for (var patient : List.of("n-quiet", "n-error", "n-corrected", "n-deleted", "n-confirmed", "n-doubted")) {
            store(patient, news(patient, 16, 98, 70));
            await(patient, "news2", risk -> true);
        }
        await("n-ill", "news2", risk -> true);

        change("n-error", pulse -> pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR));
        change(
                "n-corrected",
                pulse -> pulse.setValue(pulse.getValueQuantity().copy().setValue(135)));
        server.client()
                .delete()
                .resourceById(pulse("n-deleted").getIdElement().toUnqualifiedVersionless())
                .execute();
        confirm("n-confirmed");
        confirm("n-doubted");
        change("n-doubted", pulse -> pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR));

        for (var patient : List.of("n-error", "n-corrected", "n-deleted")) {
            await(patient, "news2", risk -> risk.getStatus() == RiskAssessmentStatus.ENTEREDINERROR);
        }
        await("n-corrected", "news2", risk -> risk.getStatus() == RiskAssessmentStatus.PRELIMINARY);
        awaited(
                "a Task about n-doubted",
                () -> search("Task?patient=n-doubted", Task.class).stream().findFirst());
    }

    /** Cardiovascular disease within 30 years is above 20 % in a man like this, its atherosclerotic part is not. */
    private void admitForPrevent() {
        var patient = Vitals.patient(
                "v-risk",
                LocalDate.now(TimeZone.getDefault().toZoneId())
                        .minusYears(55)
                        .minusDays(30)
                        .toString());
        patient.setGender(Enumerations.AdministrativeGender.MALE);
        var smoking = coded("v-risk", Vitals.LOINC, "72166-2");
        smoking.setValue(new CodeableConcept(new Coding(Vitals.LOINC, "LA18978-9", "Never smoker")));
        store(
                patient,
                List.of(
                        Vitals.measured("v-risk", "2093-3", 205),
                        Vitals.measured("v-risk", "2085-9", 48),
                        Vitals.measured("v-risk", "8480-6", 142),
                        Vitals.measured("v-risk", "2160-0", 1.0),
                        smoking));
        predict("v-risk", new Parameters().addParameter("model", "prevent"));
    }

    private void admitForAnotherVersionOfGrace() {
        try {
            var folder = Files.createDirectories(server.models().resolve("grace-in-hospital/1.1.0"));
            Files.writeString(
                    folder.resolve("model.yaml"),
                    Files.readString(GRACE).replaceFirst("(?m)^version: 1\\.0\\.0$", "version: 1.1.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var unstored = new Parameters()
                .addParameter("model", "grace-in-hospital|1.1.0")
                .addParameter("persist", false);
        awaited("version 1.1.0 in service", () -> {
            try {
                return Optional.of(predict("g-low", unstored));
            } catch (ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException notYet) {
                return Optional.empty();
            }
        });
        store("g-next", highRisk("g-next", Instant.now()));
        await("g-next", "grace-in-hospital", risk -> true);
    }

    // What they have.

    private static List<Observation> highRisk(String patient, Instant when) {
        return at(when, grace(patient, 115, 95, 2.5, 3, true));
    }

    private static List<Observation> lowRisk(String patient) {
        return at(Instant.now(), grace(patient, 70, 150, 1.0, 1, false));
    }

    private static List<Observation> grace(
            String patient, double rate, double pressure, double creatinine, int killip, boolean stDeviation) {
        var troponin = Vitals.measured(patient, "67151-1", 60);
        troponin.addReferenceRange()
                .setHigh(new Quantity()
                        .setValue(14)
                        .setSystem("http://unitsofmeasure.org")
                        .setCode("ng/L")
                        .setUnit("ng/L"));
        return List.of(
                Vitals.measured(patient, "8867-4", rate),
                Vitals.measured(patient, "8480-6", pressure),
                Vitals.measured(patient, "2160-0", creatinine),
                troponin,
                judged(patient, "killip-class", new IntegerType(killip)),
                judged(patient, "ecg-st-deviation", new BooleanType(stDeviation)));
    }

    private static List<Observation> news(String patient, double respiration, double saturation, double pulse) {
        var observations = new ArrayList<>(Vitals.allButPulse(patient));
        observations.removeIf(observation -> List.of("9279-1", "59408-5")
                .contains(observation.getCode().getCodingFirstRep().getCode()));
        observations.add(Vitals.measured(patient, "9279-1", respiration));
        observations.add(Vitals.measured(patient, "59408-5", saturation));
        observations.add(Vitals.measured(patient, "8867-4", pulse));
        return observations;
    }

    private static Observation judged(String patient, String code, Type value) {
        var observation = coded(patient, MEASUREMENT, code);
        observation.setValue(value);
        return observation;
    }

    private static Observation coded(String patient, String system, String code) {
        var observation = Vitals.alert(patient);
        observation.setCode(new CodeableConcept(new Coding(system, code, null)));
        return observation;
    }

    private static List<Observation> at(Instant when, List<Observation> observations) {
        observations.forEach(observation ->
                observation.setEffective(new DateTimeType(Date.from(when.minus(Duration.ofMinutes(1))))));
        return observations;
    }

    // What is done to them.

    private void store(String patient, List<Observation> observations) {
        store(Vitals.patient(patient, BORN), observations);
    }

    private void store(Patient patient, List<Observation> observations) {
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(patient, observations))
                .execute();
    }

    private Parameters longAgoOf(String model) {
        var parameters = new Parameters().addParameter("model", model);
        parameters.addParameter("asOf", new DateTimeType(longAgo.toString()));
        return parameters;
    }

    private Bundle predict(String patient, Parameters parameters) {
        return server.client()
                .operation()
                .onInstance("Patient/" + patient)
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
    }

    private void change(String patient, java.util.function.Consumer<Observation> change) {
        var pulse = pulse(patient);
        change.accept(pulse);
        server.client().update().resource(pulse).execute();
    }

    private void confirm(String patient) {
        var result = await(patient, "news2", risk -> true);
        result.setStatus(RiskAssessmentStatus.FINAL);
        server.client().update().resource(result).execute();
    }

    Observation pulse(String patient) {
        return search("Observation?patient=" + patient + "&code=http://loinc.org%7C8867-4", Observation.class)
                .get(0);
    }

    RiskAssessment await(String patient, String model, Predicate<RiskAssessment> awaited) {
        return awaited(
                model + " about " + patient,
                () -> server.results(patient).stream()
                        .filter(risk ->
                                model.equals(risk.getCode().getCodingFirstRep().getCode()))
                        .filter(awaited)
                        .findFirst());
    }

    private static <T> T awaited(String what, java.util.function.Supplier<Optional<T>> question) {
        return RunningServer.eventually(PATIENCE, question)
                .orElseThrow(() -> new AssertionError("There never was " + what));
    }

    private static double probability(RiskAssessment risk) {
        return risk.getPredictionFirstRep()
                .getProbabilityDecimalType()
                .getValue()
                .doubleValue();
    }

    <T> List<T> search(String url, Class<T> type) {
        return server.client().search().byUrl(url).returnBundle(Bundle.class).execute().getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
