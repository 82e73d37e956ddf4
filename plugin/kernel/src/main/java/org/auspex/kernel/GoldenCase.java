package org.auspex.kernel;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.inference.Engine;
import org.auspex.kernel.inference.Message;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A case with a known answer, from a model's {@code golden} folder. It walks the stages the case gives: evidence (a
 * Bundle, {@code data}) to features, features (or {@code inputs}) to the outcome, the outcome to {@code findings}.
 */
final class GoldenCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final JsonNode expected;
    private final FhirContext fhir;
    private final List<String> differences = new ArrayList<>();

    private GoldenCase(Path file, JsonNode expected, FhirContext fhir) {
        this.file = file;
        this.expected = expected;
        this.fhir = fhir;
    }

    static GoldenCase read(Path file, FhirContext fhir) throws IOException {
        return new GoldenCase(file, JSON.readTree(file.toFile()), fhir);
    }

    /** Every difference between what the model does and what the case says; empty when there is none. */
    List<String> differences(ModelCard card, Engine engine, EvidenceReader reader) {
        differences.clear();
        if (expected.has("tensors")) {
            fromTensors(engine);
        } else if (expected.has("text")) {
            differences.addAll(new GoldenText(expected, tolerance()).differences(engine));
        } else if (expected.has("data")) {
            fromData(card.with(settings()), engine, reader);
        } else {
            fromInputs(card, engine);
        }
        return differences.stream()
                .map(text -> file.getFileName() + ": " + text)
                .toList();
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        expected.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return settings;
    }

    private void fromInputs(ModelCard card, Engine engine) {
        var features = new GoldenInputs(expected.path("inputs")).features(card);
        var reasons = new ArrayList<Outcome.Reason>();
        features.byInput()
                .forEach((name, feature) ->
                        feature.obstacle().ifPresent(why -> reasons.add(new Outcome.Reason(Optional.of(name), why))));
        outcome(
                reasons.isEmpty() || engine.takesObstacles()
                        ? engine.infer(List.of(features), Priority.ROUTINE).get(0)
                        : new Outcome.Abstained(reasons));
    }

    private void fromData(ModelCard card, Engine engine, EvidenceReader reader) {
        var bundle = fhir.newJsonParser()
                .parseResource(Bundle.class, expected.get("data").toString());
        var record = new BundleRecord(bundle, (resource, query) -> false);
        var subjects = record.subjects(card.subjectType());
        if (subjects.size() != 1) {
            differences.add(
                    "data holds %d subjects of type %s, not one".formatted(subjects.size(), card.subjectType()));
            return;
        }
        var asOf = Instant.parse(expected.path("asOf").asText());
        var evidence = reader.from(record)
                .read(List.<Subject>of(subjects.get(0)), card.requirements(), asOf)
                .get(0);
        features(evidence);
        var outcome = new ServingModel(card, engine)
                .infer(List.of(evidence), Priority.ROUTINE)
                .get(0);
        outcome(outcome);
        if (expected.has("findings")) {
            findings(card, evidence, outcome);
        }
    }

    private void fromTensors(Engine engine) {
        var network = engine.tensors();
        if (network.isEmpty()) {
            differences.add("gives tensors, and a scorecard takes none");
            return;
        }
        var found = network.get().infer(tensors(expected), Priority.ROUTINE, Optional.empty());
        for (var wanted : tensors(expected.path("outcome"))) {
            found.stream()
                    .filter(tensor -> tensor.name().equals(wanted.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            tensor -> compare(tensor, wanted),
                            () -> differences.add("there is no output '%s'".formatted(wanted.name())));
        }
    }

    private static List<Tensor> tensors(JsonNode node) {
        return new Message(node.toString().getBytes(StandardCharsets.UTF_8), OptionalInt.empty())
                .read("tensors")
                .tensors();
    }

    private void compare(Tensor found, Tensor wanted) {
        if (!found.shape().equals(wanted.shape())) {
            differences.add("%s has shape %s, the case says %s".formatted(found.name(), found.shape(), wanted.shape()));
            return;
        }
        var off = found.distance(wanted);
        if (off > tolerance()) {
            differences.add("%s is off by %s at most, allowed %s".formatted(found.name(), off, tolerance()));
        }
    }

    private void features(Evidence evidence) {
        var found = evidence.features().byInput();
        expected.path("features").properties().forEach(entry -> {
            var feature = found.get(entry.getKey());
            if (feature == null || !same(entry.getValue(), feature)) {
                differences.add("%s is %s, the case says %s".formatted(entry.getKey(), feature, entry.getValue()));
            }
        });
    }

    private boolean same(JsonNode value, Feature feature) {
        if (value.isNull()) {
            return feature.number().isEmpty();
        }
        return feature instanceof Feature.Categorical categorical
                ? categorical.category().equals(value.asText())
                : feature instanceof Feature.Numeric numeric && near(numeric.value(), value.asDouble());
    }

    private void outcome(Outcome outcome) {
        differences.addAll(new GoldenOutcome(expected.path("outcome"), tolerance()).differences(outcome));
    }

    private void findings(ModelCard card, Evidence evidence, Outcome outcome) {
        var risk = new Findings(card).of(evidence, outcome, evidence.asOf()).result();
        try {
            var found = JSON.readTree(fhir.newJsonParser().encodeResourceToString(risk));
            if (!found.equals(expected.get("findings"))) {
                differences.add("findings are %s".formatted(found));
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("HAPI wrote JSON that is none", e);
        }
    }

    private boolean near(double found, double wanted) {
        return Math.abs(found - wanted) <= tolerance();
    }

    private double tolerance() {
        return expected.at("/tolerance/absolute").asDouble(0);
    }
}
