package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Source;

/** What must be true of an input that reads what documents state: yes or no, or the value of a test with its unit. */
final class FactRule {

    private static final Set<String> DOCUMENTS = Set.of("DocumentReference", "DiagnosticReport");

    private FactRule() {}

    /** Checks one source of an input, which is the input itself where it has no list of them. */
    static void check(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        var fact = source.path("value").asText().equals(Source.FACT);
        if (!fact) {
            if (source.has("fact")) {
                report.accept(at + "/fact", "only value: fact looks for one - write value: fact, or remove it");
            }
            return;
        }
        if (!source.has("fact")) {
            report.accept(at, "'fact' is missing - add what the document is read for, such as fact: cough");
        }
        var type = Criteria.parse(source.path("from").asText()).resourceType();
        if (!DOCUMENTS.contains(type)) {
            report.accept(
                    at + "/from",
                    "facts are read from documents, not from %s - write from: DocumentReference or DiagnosticReport"
                            .formatted(type));
        }
        if (input.has("categories")) {
            report.accept(
                    at,
                    "a fact is yes or no, or a number with its unit - remove categories:, and add unit: for a number");
        }
        if (!source.has("unit")) {
            yesOrNo(source, input, at, report);
        }
    }

    private static void yesOrNo(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        for (var key : List.of("range", "above", "substance")) {
            if (source.has(key)) {
                report.accept(at + "/" + key, "%s is for numbers - add unit:, or remove it".formatted(key));
            }
        }
        var take = input.path("take").asText("latest");
        if (!Set.of("latest", "first").contains(take)) {
            report.accept(at, "yes and no have no %s - write take: latest or first".formatted(take));
        }
    }
}
