package org.auspex.language.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.InferenceFailed.Kind;

/** Reads the JSON of an answer; models like to wrap it in words or in a fence. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** @throws InferenceFailed if there is no list of diagnoses; the message quotes nothing of the answer */
    static JsonNode json(String answer) {
        var from = answer.indexOf('{');
        var to = answer.lastIndexOf('}');
        if (from >= 0 && to > from) {
            try {
                var node = JSON.readTree(answer.substring(from, to + 1));
                if (node.path("diagnoses").isArray()) {
                    return node;
                }
            } catch (IOException e) {
                throw noList();
            }
        }
        throw noList();
    }

    private static InferenceFailed noList() {
        return new InferenceFailed(Kind.FAULT, "The language model answered without a list of diagnoses in JSON");
    }
}
