package org.auspex.commandline.exam;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the results: what became of a question.
 *
 * @param outcome CHOSEN with an {@code answer}; UNPARSEABLE, REFUSED or CUT_SHORT without
 * @param requested the model that was asked for
 * @param served the model that the endpoint says it answered with
 * @param prompt name and version of the instructions
 * @param text what the model said, if it said anything
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answered(
        String source,
        String id,
        Outcome outcome,
        @Nullable String answer,
        String right,
        String requested,
        @Nullable String served,
        String prompt,
        @Nullable String text,
        int inputTokens,
        int outputTokens,
        double seconds) {

    enum Outcome {
        CHOSEN,
        UNPARSEABLE,
        REFUSED,
        CUT_SHORT
    }

    String key() {
        return source + " " + id;
    }

    boolean correct() {
        return Optional.ofNullable(answer).filter(right::equals).isPresent();
    }
}
