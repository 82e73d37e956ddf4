package org.auspex.kernel.inference;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/** A network whose card says nothing but its tensors: nobody can ask it about a patient. */
final class RawEngine implements Engine {

    private final String name;
    private final TensorModel tensors;

    RawEngine(String name, TensorModel tensors) {
        this.name = name;
        this.tensors = tensors;
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        throw new IllegalStateException(name + " has tensors only");
    }

    @Override
    public List<Contribution> explain(Features features) {
        throw new IllegalStateException(name + " has tensors only");
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.of(tensors);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
