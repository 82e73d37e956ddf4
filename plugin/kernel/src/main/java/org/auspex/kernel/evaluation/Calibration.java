package org.auspex.kernel.evaluation;

/**
 * Whether predicted probabilities happen as often as they say: the outcome is regressed on the logit of the prediction
 * (Cox, Biometrika 1958;45:562-5; Van Calster et al., BMC Medicine 2019;17:230). A logit of 0 or 1 is infinite, so the
 * logits of probabilities below one in a million and above one less a millionth are taken at these.
 *
 * @param inTheLarge calibration-in-the-large: the intercept with the slope held at 1, in log odds; 0 is best, above 0 the
 *     predictions are too low on average, below 0 too high
 * @param slope the slope where slope and intercept are both fitted; 1 is best, below 1 the predictions are too extreme,
 *     above 1 too timid
 * @param intercept the intercept of that same fit, in log odds: read it with the slope, not as calibration-in-the-large
 * @param expectedToObserved the sum of the predictions over the number of outcomes that happened (E/O); 1 is best, above 1 the
 *     predictions are too high on average
 * @param moved how many rows had a probability so near 0 or 1 that its logit was taken at a millionth
 */
public record Calibration(Figure inTheLarge, Figure slope, Figure intercept, Figure expectedToObserved, int moved) {}
