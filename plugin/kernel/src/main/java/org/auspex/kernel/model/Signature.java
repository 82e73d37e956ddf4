package org.auspex.kernel.model;

import java.util.List;
import java.util.stream.Stream;

/** The tensors of a network, in the order in which it takes and gives them. */
public record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Whether calls can meet in one batch, along the first dimension. */
    public boolean isBatched() {
        return Stream.concat(inputs.stream(), outputs.stream()).allMatch(TensorSpec::isBatched);
    }
}
