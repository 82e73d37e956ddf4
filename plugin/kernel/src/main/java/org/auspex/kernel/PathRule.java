package org.auspex.kernel;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.Vocabulary;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.model.CardRule;

/** What must be true of a card's FHIR: paths that parse, types that exist, searches that can be evaluated. */
public final class PathRule implements CardRule {

    /** The types whose status and times the reader knows. */
    private static final List<String> EVIDENCE = List.of(
            "Patient",
            "Observation",
            "Condition",
            "Procedure",
            "MedicationRequest",
            "MedicationStatement",
            "MedicationAdministration",
            "FamilyMemberHistory",
            "QuestionnaireResponse",
            "Encounter",
            "DiagnosticReport",
            "DocumentReference",
            "ImagingStudy",
            "ServiceRequest",
            "Appointment");

    private final FhirContext fhir;
    private final Paths paths;
    private final Vocabulary vocabulary;
    private final Function<Criteria, Optional<String>> searchProblem;

    /**
     * @param vocabulary for the ValueSets that cards name
     * @param searchProblem why the search parameters of criteria cannot be evaluated on a single resource
     */
    public PathRule(
            FhirContext fhir, Paths paths, Vocabulary vocabulary, Function<Criteria, Optional<String>> searchProblem) {
        this.fhir = fhir;
        this.paths = paths;
        this.vocabulary = vocabulary;
        this.searchProblem = searchProblem;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        path(card.path("eligible"), "/eligible", report);
        var inputs = card.path("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            var at = "/inputs/" + i;
            source(inputs.get(i), at, report);
            valueSets(inputs.get(i).path("categories"), at + "/categories", report);
            var same = inputs.get(i).at("/after/same");
            for (int j = 0; j < same.size(); j++) {
                path(same.get(j), at + "/after/same/" + j, report);
            }
            for (int j = 0; j < inputs.get(i).path("sources").size(); j++) {
                source(inputs.get(i).path("sources").get(j), at + "/sources/" + j, report);
            }
        }
        for (int i = 0; i < card.path("rules").size(); i++) {
            for (var how : List.of("diagnosed", "answered")) {
                var answers = card.path("rules").get(i).path(how);
                for (int j = 0; j < answers.size(); j++) {
                    read(answers.get(j), "/rules/%d/%s/%d".formatted(i, how, j), report);
                }
            }
        }
        for (var when : List.of("on", "again")) {
            var asks = card.path("trigger").path(when);
            for (int i = 0; i < asks.size(); i++) {
                criteria(asks.get(i), "/trigger/%s/%d".formatted(when, i), report);
            }
        }
    }

    private void source(JsonNode source, String at, BiConsumer<String, String> report) {
        path(source.path("value"), at + "/value", report);
        var value = source.path("value").asText();
        if (value.startsWith("ecg.") && !Source.ECG.contains(value)) {
            report.accept(at + "/value", "'%s' is not measured in an ECG - use one of %s".formatted(value, Source.ECG));
        }
        read(source.path("from"), at + "/from", report);
    }

    private void read(JsonNode from, String at, BiConsumer<String, String> report) {
        criteria(from, at, report);
        var type = Criteria.parse(from.asText("Patient")).resourceType();
        if (fhir.getResourceTypes().contains(type) && !EVIDENCE.contains(type)) {
            report.accept(at, "inputs cannot be read from %s yet - use one of %s".formatted(type, EVIDENCE));
        }
    }

    private void valueSets(JsonNode categories, String at, BiConsumer<String, String> report) {
        for (int i = 0; i < categories.size(); i++) {
            for (var set : categories.get(i).path("valueSets")) {
                vocabulary.problem(set.asText()).ifPresent(problem -> report.accept(at, problem + " - store it first"));
            }
        }
    }

    private void path(JsonNode path, String at, BiConsumer<String, String> report) {
        if (path.isTextual()) {
            paths.problem(path.asText())
                    .ifPresent(problem ->
                            report.accept(at, "'%s' is no FHIRPath (%s) - mend it".formatted(path.asText(), problem)));
        }
    }

    private void criteria(JsonNode text, String at, BiConsumer<String, String> report) {
        if (!text.isTextual()) {
            return;
        }
        var criteria = Criteria.parse(text.asText());
        if (!fhir.getResourceTypes().contains(criteria.resourceType())) {
            report.accept(
                    at,
                    "'%s' is no FHIR R4 resource type - write one such as Observation"
                            .formatted(criteria.resourceType()));
            return;
        }
        criteria.valueSets()
                .forEach(set ->
                        vocabulary.problem(set).ifPresent(problem -> report.accept(at, problem + " - store it first")));
        searchProblem
                .apply(criteria)
                .ifPresent(problem -> report.accept(
                        at,
                        "'%s' cannot be evaluated (%s) - use search parameters of %s"
                                .formatted(criteria, problem, criteria.resourceType())));
    }
}
