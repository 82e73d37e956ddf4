package org.auspex.kernel.inference;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/** What runs one version of a model. It may be used by many threads. */
public interface Engine extends AutoCloseable {

    /**
     * The outcome of each set of features, in their order.
     *
     * @param batch none of them with an obstacle
     * @throws InferenceFailed if the model fails on this batch; smaller batches may still succeed
     */
    List<Outcome> infer(List<Features> batch, Priority priority);

    /**
     * How much each input moved the result.
     *
     * @throws InferenceFailed if the model fails
     */
    List<Contribution> explain(Features features);

    /** Whether it is also given features with an obstacle, and says itself what it can do without them. */
    default boolean takesObstacles() {
        return false;
    }

    /** The network behind it; empty for what has none, such as a scorecard. */
    Optional<TensorModel> tensors();

    /** Gives back memory and threads. */
    @Override
    void close();
}
