package org.auspex.kernel.evaluation;

import java.util.List;

/**
 * What a model's predictions were worth, one row per subject. Pick the method by what the model says.
 *
 * <p>Bad rows (a value that is not a finite number, a probability outside 0 to 1, a negative time, lists of unequal
 * length) are an {@link IllegalArgumentException} that names them, counted from 1, with their values. Rows that are too
 * few or too much alike are not: their figures say why they are undefined.
 */
public sealed interface Evaluation
        permits CurveEvaluation,
                DiceEvaluation,
                ProbabilityEvaluation,
                RankingEvaluation,
                ScoreEvaluation,
                SurvivalEvaluation {

    /**
     * Judges predicted probabilities.
     *
     * @param probability 0 to 1, both included
     * @param positive whether the outcome happened
     */
    static ProbabilityEvaluation ofProbabilities(double[] probability, boolean[] positive, Bootstrap bootstrap) {
        return ProbabilityEvaluation.of(BinaryRows.ofProbabilities(probability, positive), bootstrap);
    }

    /**
     * Judges points, which rank subjects but are no probabilities.
     *
     * @param score points, of which more mean that the outcome is likelier
     * @param positive whether the outcome happened
     */
    static ScoreEvaluation ofScores(double[] score, boolean[] positive, Bootstrap bootstrap) {
        return ScoreEvaluation.of(BinaryRows.ofScores(score, positive), bootstrap);
    }

    /**
     * Judges predictions of when an event happens.
     *
     * @param risk any number, of which more means that the event comes sooner; negate a predicted time or a probability
     *     of surviving
     */
    static SurvivalEvaluation ofSurvival(double[] risk, Endings endings, Bootstrap bootstrap) {
        return SurvivalEvaluation.of(SurvivalRows.of(risk, endings), bootstrap);
    }

    /**
     * Judges predicted survival curves.
     *
     * @param endings in the unit of the curves' times
     */
    static CurveEvaluation ofCurves(SurvivalPredictions predicted, Endings endings, Bootstrap bootstrap) {
        return CurveEvaluation.of(predicted, endings, bootstrap);
    }

    /**
     * Judges rankings.
     *
     * @param place where the true choice of each row stands, counted from 1
     * @param truth which choice that is, as any number from 0
     */
    static RankingEvaluation ofRankings(int[] place, int[] truth, Bootstrap bootstrap) {
        return RankingEvaluation.of(place, truth, bootstrap);
    }

    /**
     * Judges what was marked in images.
     *
     * @param dice Dice's coefficient of each mark and that of the reference, 0 to 1, both included
     * @param people whom each is about
     */
    static DiceEvaluation ofDice(double[] dice, List<String> people, Bootstrap bootstrap) {
        return DiceEvaluation.of(dice, people, bootstrap);
    }

    /** How many rows were judged. */
    int rows();
}
