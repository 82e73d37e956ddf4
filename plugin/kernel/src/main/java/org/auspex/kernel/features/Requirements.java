package org.auspex.kernel.features;

import java.util.List;
import java.util.Optional;

/**
 * What a model asks of the record.
 *
 * @param eligible FHIRPath over the subject and derived values; a subject for whom it is not true gets no prediction
 * @param inputs in the card's order
 */
public record Requirements(Optional<String> eligible, List<Input> inputs) {

    public Requirements {
        inputs = List.copyOf(inputs);
    }

    /** Every place in the record that any input reads. */
    public List<Criteria> criteria() {
        return inputs.stream()
                .flatMap(input -> input.sources().stream())
                .map(Source::from)
                .distinct()
                .toList();
    }
}
