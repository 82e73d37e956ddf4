package org.auspex.kernel.inference;

/**
 * How a head is trained. All of it is fixed beforehand; nothing is chosen by looking at held-out cases.
 *
 * @param steps how often the weights are changed
 * @param batch crops in a step
 * @param crop the longest side of a crop in pixels
 * @param rate the largest learning rate
 * @param seed where the draws start; the same seed, examples and processor give the same head
 */
public record TrainingPlan(int steps, int batch, int crop, float rate, long seed) {

    /** The rate is that of {@code fewshot.py}; steps and crops are what a processor does in some minutes. */
    public static final TrainingPlan USUAL = new TrainingPlan(300, 8, 128, 2e-3f, 20261127);

    private static final double WARM_UP = 0.05;

    /** @throws IllegalArgumentException if a number makes no sense */
    public TrainingPlan {
        if (steps < 1 || batch < 1 || crop < Example.STRIDE || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "No head is trained in %d steps of %d crops of %d at rate %s".formatted(steps, batch, crop, rate));
        }
    }

    public TrainingPlan withSteps(int number) {
        return new TrainingPlan(number, batch, crop, rate, seed);
    }

    /** The rate of a step, from 0: up at first, then down along a cosine. */
    float rate(int step) {
        var done = Math.min((double) step / steps, 1);
        return (float) (rate * Math.min(1, (done + 1e-3) / WARM_UP) * (0.5 + 0.5 * Math.cos(Math.PI * done)));
    }
}
