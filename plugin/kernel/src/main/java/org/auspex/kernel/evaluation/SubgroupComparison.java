package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
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

    /** Of rows with an event or without it. */
    static Subgroups of(Measures measures, boolean[] event, List<Grouping> by, Bootstrap bootstrap) {
        return of(measures, event.length, member -> Size.ofEvents(member, event), by, bootstrap);
    }

    /** Of rows that are about people, without any event. */
    static Subgroups ofPeople(Measures measures, List<String> people, List<Grouping> by, Bootstrap bootstrap) {
        return of(measures, people.size(), member -> Size.ofPeople(member, people), by, bootstrap.by(people));
    }

    private static Subgroups of(
            Measures measures, int rows, Function<boolean[], Size> size, List<Grouping> by, Bootstrap bootstrap) {
        if (by.isEmpty()) {
            return new Subgroups(0, Subgroups.FEWEST, List.of());
        }
        var groups = by.stream()
                .flatMap(grouping ->
                        new TreeSet<>(grouping.ofRow()).stream().map(name -> Group.of(grouping, name, size)))
                .toList();
        return new SubgroupComparison(measures, groups, rows, bootstrap).judged(rows);
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
                    group.size().rows(),
                    group.size().events(),
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

    /**
     * How large a group is.
     *
     * @param events rows with the event; empty where nothing happens
     * @param tooFew why it is too small to be compared; empty if it is not
     */
    private record Size(int rows, OptionalInt events, Optional<String> tooFew) {

        static Size ofEvents(boolean[] member, boolean[] event) {
            var rows = count(member.length, row -> member[row]);
            var events = count(member.length, row -> member[row] && event[row]);
            return new Size(
                    rows,
                    OptionalInt.of(events),
                    few(Math.min(events, rows - events), "rows with the event, or without it"));
        }

        static Size ofPeople(boolean[] member, List<String> people) {
            var of = IntStream.range(0, member.length)
                    .filter(row -> member[row])
                    .mapToObj(people::get)
                    .distinct()
                    .count();
            return new Size(count(member.length, row -> member[row]), OptionalInt.empty(), few(of, "people"));
        }

        private static int count(int rows, IntPredicate wanted) {
            return (int) IntStream.range(0, rows).filter(wanted).count();
        }

        private static Optional<String> few(long count, String what) {
            return count < Subgroups.FEWEST
                    ? Optional.of("Fewer than %d %s".formatted(Subgroups.FEWEST, what))
                    : Optional.empty();
        }
    }

    private record Group(String by, String name, boolean[] member, Size size) {

        static Group of(Grouping grouping, String name, Function<boolean[], Size> size) {
            var member = new boolean[grouping.ofRow().size()];
            IntStream.range(0, member.length)
                    .forEach(row -> member[row] = grouping.ofRow().get(row).equals(name));
            return new Group(grouping.name(), name, member, size.apply(member));
        }

        Optional<String> tooFew(int all) {
            return size.rows() == all ? Optional.of("All rows are in this group") : size.tooFew();
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
