package org.auspex.kernel.adaptation;

import java.util.function.Consumer;
import org.auspex.kernel.background.Background;
import org.auspex.kernel.background.BackgroundJob;

/** Takes orders for adaptations, and no two for the same candidate. */
public final class Adaptations implements AutoCloseable {

    private final Adaptation adaptation;
    private final Background<Adapted> background = new Background<>("adaptation", Thread.MIN_PRIORITY);

    public Adaptations(Adaptation adaptation) {
        this.adaptation = adaptation;
    }

    /** Where those that were begun are found and cancelled. A candidate that is there stays. */
    public Background<Adapted> jobs() {
        return background;
    }

    /**
     * Takes an order.
     *
     * @param done hears of the result before anybody else does
     * @throws AdaptationRefused if it cannot begin
     * @throws org.auspex.kernel.background.TooManyJobs if too many wait
     */
    public synchronized BackgroundJob<Adapted> begin(AdaptationOrder order, Consumer<Adapted> done) {
        adaptation.check(order);
        var candidate = order.candidate().toString();
        if (background.isOpen(candidate)) {
            throw new AdaptationRefused(
                    "%s is being made already; give the candidate another version".formatted(candidate));
        }
        return background.begin(
                candidate,
                progress -> {
                    progress.at("reading", 0, order.cases().size());
                    var adapted = adaptation.run(order, progress);
                    done.accept(adapted);
                    return adapted;
                },
                AdaptationRefused.class);
    }

    @Override
    public void close() {
        background.close();
    }
}
