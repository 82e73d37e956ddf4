package org.auspex.commandline.exam;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A question with one right option.
 *
 * @param source the file's name without its ending
 * @param id within the source
 * @param options by letter, in their order
 * @param answer the letter of the right one
 */
record Question(String source, String id, String text, Map<String, String> options, String answer) {

    /** Unlike that of any other question. */
    String key() {
        return source + " " + id;
    }

    /** As it is put to the model. */
    String asked() {
        return text + "\n\n"
                + options.entrySet().stream()
                        .map(option -> option.getKey() + ") " + option.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
