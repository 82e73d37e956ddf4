package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Takes every measure of every group and of all rows, on the same resamples. */
final class SubgroupComparison {

    private final Measures measures;
    private final List<Group> groups;
    private final Replicates<Statistic[][]> replicates;

    private SubgroupComparison(Measures measures, List<Group> groups, int rows, Bootstrap bootstrap) {
        this.measures = measures;
        this.groups = groups;
        this.replicates = bootstrap.replicate(rows, this::statistics);
    }

    /**
     * @param by ways of sorting these rows
     */
    static Subgroups of(Measures measures, boolean[] event, List<Grouping> by, Bootstrap bootstrap) {
        if (by.isEmpty()) {
            return new Subgroups(0, Subgroups.FEWEST, List.of());
        }
        var groups = by.stream()
                .flatMap(grouping ->
                        new TreeSet<>(grouping.ofRow()).stream().map(name -> Group.of(grouping, name, event)))
                .toList();
        return new SubgroupComparison(measures, groups, event.length, bootstrap).judged(event.length);
    }

    /** By measure; the last of each is that of all rows. */
    private Statistic[][] statistics(int[] weights) {
        var statistics = new Statistic[measures.count()][groups.size() + 1];
        for (var g = 0; g <= groups.size(); g++) {
            var counted = g < groups.size() ? groups.get(g).only(weights) : weights;
            var taken = measures.statistics().apply(counted);
            for (var m = 0; m < measures.count(); m++) {
                statistics[m][g] = taken.get(m);
            }
        }
        return statistics;
    }

    private Subgroups judged(int rows) {
        var compared = new SimultaneousIntervals();
        var places = new int[groups.size()][measures.count()];
        for (var g = 0; g < groups.size(); g++) {
            for (var m = 0; m < measures.count(); m++) {
                places[g][m] = groups.get(g).tooFew(rows).isEmpty() ? compared.add(differences(m, g)) : -1;
            }
        }
        var critical = compared.critical();
        var judged = new ArrayList<Subgroup>();
        for (var g = 0; g < groups.size(); g++) {
            var group = groups.get(g);
            var place = places[g];
            var number = g;
            judged.add(new Subgroup(
                    group.by(),
                    group.name(),
                    group.rows(),
                    group.events(),
                    IntStream.range(0, measures.count())
                            .mapToObj(m -> judged(m, number, rows, compared.interval(place[m], critical)))
                            .toList()));
        }
        return new Subgroups(compared.count(), Subgroups.FEWEST, judged);
    }

    private Subgroup.Judged judged(int m, int g, int rows, Optional<SimultaneousIntervals.Ends> interval) {
        var figure = replicates.figure(statistics -> statistics[m][g]);
        var why = groups.get(g).tooFew(rows).or(() -> figure.gap()).orElse("The resamples do not tell how sure it is");
        return new Subgroup.Judged(
                measures.each().get(m).name(),
                figure,
                interval.map(ends -> difference(m, g, ends)),
                interval.isPresent() ? Optional.empty() : Optional.of(why));
    }

    private Subgroup.Difference difference(int m, int g, SimultaneousIntervals.Ends ends) {
        var sample = replicates.sample()[m];
        var worse = measures.each()
                .get(m)
                .worse()
                .than(
                        number(sample[g]).orElseThrow(),
                        number(sample[groups.size()]).orElseThrow());
        return new Subgroup.Difference(ends.middle(), ends.low(), ends.high(), worse && ends.excludesZero());
    }

    /** The group less all rows: of the sample first, then of each resample that defines both. */
    private double[] differences(int m, int g) {
        var differences = new ArrayList<Double>();
        difference(replicates.sample(), m, g).ifPresent(differences::add);
        if (!differences.isEmpty()) {
            replicates
                    .resamples()
                    .forEach(statistics ->
                            differences.add(difference(statistics, m, g).orElse(Double.NaN)));
        }
        return differences.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Optional<Double> difference(Statistic[][] statistics, int m, int g) {
        var ofAll = number(statistics[m][groups.size()]);
        return number(statistics[m][g]).flatMap(ofGroup -> ofAll.map(all -> ofGroup - all));
    }

    private static Optional<Double> number(Statistic statistic) {
        return statistic.numbers().boxed().findFirst();
    }

    private record Group(String by, String name, boolean[] member, int rows, int events) {

        static Group of(Grouping grouping, String name, boolean[] event) {
            var member = new boolean[event.length];
            IntStream.range(0, member.length)
                    .forEach(row -> member[row] = grouping.ofRow().get(row).equals(name));
            return new Group(
                    grouping.name(),
                    name,
                    member,
                    count(row -> member[row], event),
                    count(row -> member[row] && event[row], event));
        }

        private static int count(IntPredicate wanted, boolean[] event) {
            return (int) IntStream.range(0, event.length).filter(wanted).count();
        }

        Optional<String> tooFew(int all) {
            if (rows == all) {
                return Optional.of("All rows are in this group");
            }
            return Math.min(events, rows - events) < Subgroups.FEWEST
                    ? Optional.of("Fewer than %d rows with the event, or without it".formatted(Subgroups.FEWEST))
                    : Optional.empty();
        }

        int[] only(int[] weights) {
            var counted = new int[weights.length];
            for (var row = 0; row < counted.length; row++) {
                counted[row] = member[row] ? weights[row] : 0;
            }
            return counted;
        }
    }
}
