package org.auspex.kernel.inference;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a head learns from; all images have as many channels.
 *
 * @param labelled at least one that a person marked
 * @param guessed those that a head before has marked, as far as it was sure; may be none
 */
public record Examples(List<Example> labelled, List<Example> guessed) {

    public Examples {
        labelled = List.copyOf(labelled);
        guessed = List.copyOf(guessed);
    }

    Stream<Example> all() {
        return Stream.concat(labelled.stream(), guessed.stream());
    }
}
