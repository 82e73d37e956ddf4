package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.auspex.kernel.features.Source;

/** Words of a report are read by inputs of their own, and go into a tensor that has room for them. */
final class WordsRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var words = card.at("/images/words");
        var named = CardMapper.list(words.path("inputs"), JsonNode::asText);
        for (int i = 0; i < card.path("inputs").size(); i++) {
            var input = card.path("inputs").get(i);
            if (input.path("value").asText().equals(Source.WORDS)
                    && !named.contains(input.path("name").asText())) {
                report.accept(
                        "/inputs/" + i,
                        "no tensor gets these words - add '%s' to words: {tensor: ..., inputs: [...]} in images"
                                .formatted(input.path("name").asText()));
            }
        }
        if (!words.isMissingNode()) {
            tensor(card, words, report);
            inputs(card, words, report);
        }
    }

    private static void tensor(JsonNode card, JsonNode words, BiConsumer<String, String> report) {
        var name = words.path("tensor").asText();
        var fits = CardMapper.list(card.at("/tensors/inputs"), node -> node).stream()
                .skip(1)
                .anyMatch(tensor -> tensor.path("name").asText().equals(name)
                        && tensor.path("datatype").asText().equals("INT64")
                        && tensor.path("shape").size() == 2
                        && tensor.path("shape").path(1).asInt()
                                >= words.path("inputs").size());
        if (!fits) {
            report.accept(
                    "/images/words/tensor",
                    "'%s' is no tensor behind the image with room for %d words - write such as {name: text, datatype: INT64, shape: [-1, 6]}"
                            .formatted(name, words.path("inputs").size()));
        }
    }

    private static void inputs(JsonNode card, JsonNode words, BiConsumer<String, String> report) {
        for (int i = 0; i < words.path("inputs").size(); i++) {
            var name = words.path("inputs").get(i).asText();
            var reads = CardMapper.list(card.path("inputs"), node -> node).stream()
                    .anyMatch(input -> input.path("name").asText().equals(name) && isOfWords(input));
            if (!reads) {
                report.accept(
                        "/images/words/inputs/" + i,
                        "'%s' is no input of words - write {name: %s, from: DiagnosticReport, value: words, missing: indicator, categories: [{category: oval, texts: [oval]}]}"
                                .formatted(name, name));
            }
        }
    }

    private static boolean isOfWords(JsonNode input) {
        var categories = input.path("categories");
        return input.path("value").asText().equals(Source.WORDS)
                && input.path("from").asText().startsWith("DiagnosticReport")
                && input.path("missing").asText().equals("indicator")
                && !categories.isEmpty()
                && StreamSupport.stream(categories.spliterator(), false)
                        .noneMatch(category -> category.path("texts").isEmpty());
    }
}
