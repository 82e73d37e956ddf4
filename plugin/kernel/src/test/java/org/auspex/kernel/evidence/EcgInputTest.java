package org.auspex.kernel.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

/** What a card gets that asks for something measured in an ECG. */
class EcgInputTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String LEAD = "urn:iso:std:iso:11073:10101|131329";

    /** A spike of three samples 80 times a minute, at 200 samples a second. */
    private static final String BEATS = IntStream.range(0, 200 * 30)
            .mapToObj(i -> Map.of(0, "400", 1, "1000", 2, "-200").getOrDefault(i % 150, "0"))
            .collect(Collectors.joining(" "));

    @Test
    void measuresALeadThatIsAComponent() {
        var observation = observation(
                code("131328"),
                "'component': [{'code': %s, 'valueSampledData': %s}]".formatted(code("131329"), sampled(1, 5, BEATS)));

        assertThat(number(observation, Source.ECG_RATE, "/min")).isCloseTo(80, within(0.1));
        assertThat(number(observation, Source.ECG_IRREGULARITY, "1")).isCloseTo(0, within(0.01));
        assertThat(number(observation, Source.ECG_QUALITY, "1")).isCloseTo(1, within(0.01));
    }

    @Test
    void measuresAnObservationOfOneLead() {
        var observation = observation("'valueSampledData': " + sampled(1, 5, BEATS));

        assertThat(number(observation, Source.ECG_RATE, "/min")).isCloseTo(80, within(0.1));
    }

    @Test
    void takesErrorsForGaps() {
        var cut = BEATS.substring(0, BEATS.length() / 2) + " E".repeat(3000);

        assertThat(number(observation("'valueSampledData': " + sampled(1, 5, cut)), Source.ECG_QUALITY, "1"))
                .isCloseTo(0.5, within(0.03));
    }

    @Test
    void findsNothingInWhatIsNoSignal() {
        for (var sampled :
                List.of(sampled(2, 5, BEATS), sampled(1, 0, BEATS), sampled(1, 5, "one two"), sampled(1, 5, "1 2 3"))) {
            assertThat(read(observation("'valueSampledData': " + sampled), Source.ECG_RATE, "/min"))
                    .isInstanceOf(Feature.Unusable.class);
        }
        assertThat(read(observation("'valueString': '80'"), Source.ECG_RATE, "/min"))
                .isInstanceOf(Feature.Unusable.class);
    }

    private static String sampled(int dimensions, int period, String data) {
        return "{'origin': {'value': 0}, 'period': %d, 'factor': 0.001, 'dimensions': %d, 'data': '%s'}"
                .formatted(period, dimensions, data);
    }

    private static String code(String code) {
        return "{'coding': [{'system': 'urn:iso:std:iso:11073:10101', 'code': '%s'}]}".formatted(code);
    }

    private static String observation(String says) {
        return observation(code("131329"), says);
    }

    private static String observation(String code, String says) {
        return """
                {'resource': {'resourceType': 'Observation', 'id': 'o', 'status': 'final', 'code': %s,
                 'subject': {'reference': 'Patient/p'}, 'effectiveDateTime': '2026-03-01T08:00:00Z', %s}}""".formatted(code, says);
    }

    private static double number(String observation, String value, String unit) {
        return ((Feature.Numeric) read(observation, value, unit)).value();
    }

    private static Feature read(String observation, String value, String unit) {
        var json = "{'resourceType': 'Bundle', 'type': 'collection', 'entry': [%s, %s]}"
                .formatted("{'resource': {'resourceType': 'Patient', 'id': 'p'}}", observation);
        var bundle = FHIR.newJsonParser().parseResource(Bundle.class, json.replace('\'', '"'));
        var record = new BundleRecord(bundle, (resource, query) -> false);
        return new EvidenceReader(record, new Paths(FHIR), new Units(), new ShippedVocabulary(FHIR))
                .read(
                        List.of(Subject.patient("Patient/p")),
                        new Requirements(Optional.empty(), List.of(input(value, unit))),
                        NOW)
                .get(0)
                .readings()
                .get(0)
                .feature();
    }

    private static Input input(String value, String unit) {
        var source = new Source(
                Criteria.parse("Observation?code=" + LEAD),
                value,
                Optional.of(unit),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Input(
                "x",
                List.of(source),
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                Take.LATEST,
                new WhenMissing.Abstain(),
                false,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
