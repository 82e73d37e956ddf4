package org.auspex.commandline.exam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads questions as JSON lines: {@code question}, {@code options} (letter to text), {@code answer_idx}, and {@code realidx} as id. */
final class Questions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LETTER = Pattern.compile("[A-Z]");
    private static final String ENDING = "\\.jsonl?$";

    private Questions() {}

    /**
     * The questions of the files, the first {@code limit} of each.
     *
     * @throws IllegalArgumentException for a line that is no question, with file and number
     */
    static List<Question> in(List<Path> files, int limit) throws IOException {
        var questions = new ArrayList<Question>();
        for (var file : files) {
            questions.addAll(in(file, limit));
        }
        var ids = new HashSet<String>();
        for (var question : questions) {
            if (!ids.add(question.key())) {
                throw new IllegalArgumentException(
                        "%s has two questions with the id %s. Give each one of its own in realidx."
                                .formatted(question.source(), question.id()));
            }
        }
        return questions;
    }

    private static List<Question> in(Path file, int limit) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file '%s'.".formatted(file));
        }
        var source = String.valueOf(file.getFileName()).replaceFirst(ENDING, "");
        var questions = new ArrayList<Question>();
        var number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && questions.size() < limit) {
                questions.add(question(source, line, "%s, line %d".formatted(file, number), number));
            }
        }
        return questions;
    }

    private static Question question(String source, String line, String place, int number) {
        var json = json(line, place);
        var options = options(json.path("options"));
        var answer = json.path("answer_idx").asText();
        if (json.path("question").asText().isBlank() || options.size() < 2) {
            throw new IllegalArgumentException(
                    "%s: a question has 'question' and two or more 'options' named by capital letters."
                            .formatted(place));
        }
        if (!options.containsKey(answer)) {
            throw new IllegalArgumentException("%s: answer_idx is '%s', which is none of the options %s."
                    .formatted(place, answer, options.keySet()));
        }
        var id = json.path("realidx").asText(String.valueOf(number));
        return new Question(source, id, json.path("question").asText(), options, answer);
    }

    private static JsonNode json(String line, String place) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is no JSON: %s".formatted(place, e.getOriginalMessage()), e);
        }
    }

    private static Map<String, String> options(JsonNode node) {
        var options = new LinkedHashMap<String, String>();
        node.fields().forEachRemaining(option -> {
            if (LETTER.matcher(option.getKey()).matches()) {
                options.put(option.getKey(), option.getValue().asText());
            }
        });
        return Collections.unmodifiableMap(options);
    }
}
