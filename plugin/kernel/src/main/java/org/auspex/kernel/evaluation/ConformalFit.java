package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Split conformal prediction (Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005; Lei et al., JASA 2018;113:1094-111).
 * The people are split at random into two halves. On one the limits are fitted: an answer is kept for a subject while its score, how unlike
 * the truth it would be, is at most the limit. Then a set of what is kept holds the truth for a share of at least {@code level} of people who
 * are exchangeable with those of the half, whatever the model is. On the other half it is counted how often it did.
 *
 * @param level 0 to 1
 * @param limits one for each answer; all alike where they were not fitted answer by answer
 * @param fittedOn rows of the first half
 * @param covered how many rows of the second half had the truth in their set
 * @param groups the same by answer and by subgroup
 * @param bySize how many rows of the second half had a set of none, one, two ... answers
 */
public record ConformalFit(
        double level, List<Double> limits, int fittedOn, Proportion covered, List<Group> groups, List<Integer> bySize) {

    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 0.995;

    public ConformalFit {
        limits = List.copyOf(limits);
        groups = List.copyOf(groups);
        bySize = List.copyOf(bySize);
    }

    /**
     * Rows of a group.
     *
     * @param by what they are sorted by
     */
    public record Group(String by, String name, Proportion covered) {}

    /** Whether the second half speaks against the level: the interval of its share lies below it. */
    public boolean coversTooFew() {
        return covered.high().map(high -> high < level).orElse(false);
    }

    /**
     * Rows to fit on.
     *
     * @param scores of each row, one for each answer: how unlike the truth it would be
     * @param truth of each row, the number of its answer
     * @param answers their names
     * @param byAnswer whether each answer gets a limit of its own, so that the level holds for each truth by itself (Mondrian)
     * @param people of each row, whom it is about: who is in one half is not in the other
     */
    public record Rows(double[][] scores, int[] truth, List<String> answers, boolean byAnswer, List<String> people) {
        public Rows {
            answers = List.copyOf(answers);
            people = List.copyOf(people);
            RowFaults.refuseUnequal("score", scores.length, "truth", truth.length);
            RowFaults.refuseUnequal("score", scores.length, "people", people.size());
        }
    }

    /**
     * Fits and checks.
     *
     * @param groupings ways of sorting the rows, by which the check is counted too
     * @param seed of the split
     * @throws IllegalArgumentException if the level is none, or there are too few rows for it
     */
    public static ConformalFit of(Rows rows, double level, List<Grouping> groupings, long seed) {
        if (!(level >= LOWEST && level <= HIGHEST)) {
            throw new IllegalArgumentException(
                    "A level lies between %s and %s, not at %s; 0.9 is usual".formatted(LOWEST, HIGHEST, level));
        }
        var first = firstHalf(rows.people(), seed);
        var fitted = IntStream.range(0, first.length).filter(row -> first[row]).toArray();
        var checked =
                IntStream.range(0, first.length).filter(row -> !first[row]).toArray();
        var limits = new ArrayList<Double>();
        for (int answer = 0; answer < rows.answers().size(); answer++) {
            limits.add(limit(rows, fitted, answer, level));
        }
        return new ConformalFit(
                level,
                limits,
                fitted.length,
                covered(rows, checked, limits, row -> true),
                groups(rows, checked, limits, groupings),
                bySize(rows, checked, limits));
    }

    private static boolean[] firstHalf(List<String> people, long seed) {
        var all = new ArrayList<>(new TreeSet<>(people));
        Collections.shuffle(all, new Random(seed));
        var half = new HashSet<>(all.subList(0, all.size() / 2));
        var first = new boolean[people.size()];
        IntStream.range(0, first.length).forEach(row -> first[row] = half.contains(people.get(row)));
        return first;
    }

    /** The smallest score that so large a share of the true answers is at or below, one more counted than there are. */
    private static double limit(Rows rows, int[] fitted, int answer, double level) {
        var scores = IntStream.of(fitted)
                .filter(row -> !rows.byAnswer() || rows.truth()[row] == answer)
                .mapToDouble(row -> rows.scores()[row][rows.truth()[row]])
                .sorted()
                .toArray();
        var place = (int) Math.ceil((scores.length + 1) * level - 1e-9);
        if (place > scores.length) {
            throw new IllegalArgumentException(
                    "A level of %s needs at least %d rows%s in the half that it is fitted on, and there are %d; judge it on more rows, or lower the level"
                            .formatted(
                                    level,
                                    (int) Math.ceil(level / (1 - level) - 1e-9),
                                    rows.byAnswer()
                                            ? " of '%s'"
                                                    .formatted(rows.answers().get(answer))
                                            : "",
                                    scores.length));
        }
        return scores[place - 1];
    }

    private static Proportion covered(Rows rows, int[] checked, List<Double> limits, IntPredicate wanted) {
        var among = IntStream.of(checked).filter(wanted).toArray();
        var held = IntStream.of(among)
                .filter(row -> rows.scores()[row][rows.truth()[row]] <= limits.get(rows.truth()[row]))
                .count();
        return new Proportion(held, among.length);
    }

    private static List<Group> groups(Rows rows, int[] checked, List<Double> limits, List<Grouping> groupings) {
        var groups = new ArrayList<Group>();
        if (rows.byAnswer()) {
            for (int answer = 0; answer < rows.answers().size(); answer++) {
                var truth = answer;
                groups.add(new Group(
                        "truth",
                        rows.answers().get(answer),
                        covered(rows, checked, limits, row -> rows.truth()[row] == truth)));
            }
        }
        for (var by : groupings) {
            for (var name : new TreeSet<>(by.ofRow())) {
                groups.add(new Group(
                        by.name(),
                        name,
                        covered(
                                rows,
                                checked,
                                limits,
                                row -> by.ofRow().get(row).equals(name))));
            }
        }
        return groups;
    }

    private static List<Integer> bySize(Rows rows, int[] checked, List<Double> limits) {
        var counts = new Integer[rows.answers().size() + 1];
        Arrays.fill(counts, 0);
        for (var row : checked) {
            counts[kept(rows.scores()[row], limits).length]++;
        }
        return List.of(counts);
    }

    /** The answers that are kept. */
    public static int[] kept(double[] scores, List<Double> limits) {
        return IntStream.range(0, scores.length)
                .filter(answer -> scores[answer] <= limits.get(answer))
                .toArray();
    }

    /** How many rows the second half had. */
    public int checkedOn() {
        return Math.toIntExact(covered.of());
    }

    /** The share of the second half for which nothing, or everything, was kept; empty of nothing or where there is one answer. */
    public Optional<Double> cannotTell() {
        var last = bySize.size() - 1;
        return checkedOn() == 0 || last < 2
                ? Optional.empty()
                : Optional.of((double) (bySize.get(0) + bySize.get(last)) / checkedOn());
    }
}
