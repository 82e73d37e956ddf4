/**
 * How well a model's predictions agree with what happened: plain numbers in, figures with intervals out. It stands apart
 * from the way of the data, so that a table, a cohort or a model in training can be judged by the same figures. A figure
 * that a sample does not define is a result that says why.
 */
@NullMarked
package org.auspex.kernel.evaluation;

import org.jspecify.annotations.NullMarked;
