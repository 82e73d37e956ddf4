package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What marks in images were worth, by Dice's coefficient: twice the pixels of both over those of each (Dice, Ecology 1945;26:297-302). Two
 * empty masks agree. Intervals are drawn by people, because several marks of one are alike.
 *
 * @param dice of each row, rising, 0 to 1
 * @param people how many the rows are about
 * @param mean over the rows
 * @param median over the rows; of an even number halfway between the two in the middle
 */
public record DiceEvaluation(List<Double> dice, int people, Figure mean, Figure median) implements Evaluation {

    public DiceEvaluation {
        dice = List.copyOf(dice);
    }

    static DiceEvaluation of(double[] dice, List<String> people, Bootstrap bootstrap) {
        var rising = new Rising(checked(dice, people));
        var replicates = bootstrap
                .by(people)
                .replicate(dice.length, weights -> new Statistics(Mean.of(dice, weights), rising.median(weights)));
        return new DiceEvaluation(
                Arrays.stream(dice).sorted().boxed().toList(),
                (int) people.stream().distinct().count(),
                replicates.figure(Statistics::mean),
                replicates.figure(Statistics::median));
    }

    static double[] checked(double[] dice, List<String> people) {
        RowFaults.refuseUnequal("Dice", dice.length, "people", people.size());
        RowFaults.refuse(
                dice.length,
                row -> dice[row] >= 0 && dice[row] <= 1
                        ? Optional.empty()
                        : Optional.of("a Dice coefficient lies between 0 and 1, not at " + dice[row]));
        return dice.clone();
    }

    @Override
    public int rows() {
        return dice.size();
    }

    private record Statistics(Statistic mean, Statistic median) {}

    /** Coefficients at their levels, sorted once. */
    private record Rising(Levels levels, int rows) {

        Rising(double[] dice) {
            this(new Levels(dice), dice.length);
        }

        Statistic median(int[] weights) {
            var counts = new long[levels.count()];
            for (var row = 0; row < rows; row++) {
                counts[levels.of(row)] += weights[row];
            }
            var all = Arrays.stream(counts).sum();
            return all == 0
                    ? new Statistic.Unknown("There is no case")
                    : new Statistic.Known((at((all + 1) / 2, counts) + at(all / 2 + 1, counts)) / 2);
        }

        /** The coefficient at a place, counted from 1. */
        private double at(long place, long[] counts) {
            var level = 0;
            for (var reached = counts[0]; reached < place; reached += counts[level]) {
                level++;
            }
            return levels.values()[level];
        }
    }
}
