package org.auspex.kernel.adaptation;

import org.auspex.kernel.model.ModelCard;

/**
 * What came of it.
 *
 * @param card of the candidate, which serves
 * @param report how it was made, and what it is worth
 */
public record Adapted(ModelCard card, Report report) {

    /**
     * How a candidate was made, and what it is worth.
     *
     * @param trainingImages learnt from
     * @param trainingPatients whose they are
     * @param unlabelledImages learnt from too, as far as heads were sure of what they saw; none of a patient who is held out
     * @param heldOutImages tried on
     * @param heldOutPatients whose they are
     * @param scores on the held-out cases
     */
    public record Report(
            int trainingImages,
            long trainingPatients,
            int unlabelledImages,
            int heldOutImages,
            long heldOutPatients,
            Scores scores) {}

    /**
     * Dice on the same held-out cases.
     *
     * @param candidate the new version
     * @param base the version it was made from
     * @param threshold the best constant threshold of the training cases
     */
    public record Scores(Score candidate, Score base, Score threshold) {}
}
