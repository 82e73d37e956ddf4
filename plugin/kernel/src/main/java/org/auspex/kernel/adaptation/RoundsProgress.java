package org.auspex.kernel.adaptation;

import org.auspex.kernel.background.Progress;
import org.auspex.kernel.inference.HeadTraining;

/** Tells of several trainings, one after the other, as of one. */
final class RoundsProgress implements HeadTraining.Listener {

    private final Progress progress;
    private final int steps;
    private final int rounds;
    private int before;
    private int last;

    /** @param steps of a round */
    RoundsProgress(Progress progress, int steps, int rounds) {
        this.progress = progress;
        this.steps = steps;
        this.rounds = rounds;
    }

    /** The next round begins. */
    RoundsProgress next() {
        before += steps;
        return this;
    }

    @Override
    public void stepped(int done, int of, double loss) {
        last = before + done;
        waiting();
    }

    @Override
    public void waiting() {
        progress.at("training", last, rounds * steps);
    }
}
