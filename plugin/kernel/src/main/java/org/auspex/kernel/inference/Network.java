package org.auspex.kernel.inference;

import java.util.List;

/** What computes tensors from tensors. It need not be thread-safe: each copy is used by one thread, which opened it. */
interface Network extends AutoCloseable {

    /**
     * Computes.
     *
     * @return what the network gives, in its own order
     * @throws InferenceFailed if it fails
     */
    List<Tensor> run(List<Tensor> inputs);

    @Override
    void close();
}
