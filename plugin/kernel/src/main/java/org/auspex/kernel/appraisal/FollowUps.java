package org.auspex.kernel.appraisal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.auspex.kernel.background.Progress;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;

/** Finds when each subject is predicted and what became of it, and leaves out whom nothing can be learnt from. */
final class FollowUps {

    private static final int TOGETHER = 100;

    /** A date without a time begins the day, so an outcome of the day of death seems to come after it. */
    private static final Duration SAME_DAY = Duration.ofDays(1);

    private final EvidenceReader reader;
    private final Design design;
    private final boolean mayBeCensored;
    private final Instant now;
    private final List<FollowedUp> found = new ArrayList<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();

    /**
     * @param mayBeCensored whether a follow-up that is not over tells something, as it does of a model of times
     */
    FollowUps(EvidenceReader reader, Design design, boolean mayBeCensored, Instant now) {
        this.reader = reader;
        this.design = design;
        this.mayBeCensored = mayBeCensored;
        this.now = now;
    }

    List<FollowedUp> found() {
        return List.copyOf(found);
    }

    /** How many were left out, by the reason. */
    Map<String, Integer> leftOut() {
        return Map.copyOf(leftOut);
    }

    void find(List<Subject> subjects, Progress progress) {
        for (var from = 0; from < subjects.size(); from += TOGETHER) {
            progress.at("looking for outcomes", from, subjects.size());
            some(subjects.subList(from, Math.min(subjects.size(), from + TOGETHER)));
        }
    }

    private void some(List<Subject> subjects) {
        var patients = subjects.stream()
                .map(subject -> Subject.patient(subject.patient()))
                .toList();
        var outcomes = reader.times(patients, Design.any("outcome", design.outcome()), now);
        var indices = design.index().map(index -> reader.times(patients, Design.any("index", index), now));
        var rivals = design.competing().map(rival -> reader.times(patients, Design.any("competing", rival), now));
        for (var i = 0; i < subjects.size(); i++) {
            var place = i;
            var index = design.asOf().or(() -> indices.flatMap(times -> dated(times.get(place))));
            var competing = rivals.map(times -> times.get(place)).orElse(List.of());
            follow(subjects.get(i), index, outcomes.get(i), competing);
        }
    }

    /** What took effect nobody knows when begins no follow-up. */
    private static Optional<Instant> dated(Collection<Instant> times) {
        return times.stream().filter(time -> time.isAfter(Instant.MIN)).findFirst();
    }

    private void follow(Subject subject, Optional<Instant> index, List<Instant> outcomes, List<Instant> rivals) {
        if (index.isEmpty()) {
            leftOut.merge("nothing in the record begins the follow-up", 1, Integer::sum);
        } else if (!outcomes.isEmpty() && !outcomes.get(0).isAfter(index.get())) {
            leftOut.merge("the outcome had happened before the prediction, or nobody knows when", 1, Integer::sum);
        } else if (!rivals.isEmpty() && !rivals.get(0).isAfter(index.get())) {
            leftOut.merge(
                    "a competing event had happened before the prediction, or nobody knows when", 1, Integer::sum);
        } else {
            follow(subject, index.get(), first(outcomes), first(rivals));
        }
    }

    private static Optional<Instant> first(List<Instant> times) {
        return times.stream().findFirst();
    }

    private void follow(Subject subject, Instant index, Optional<Instant> outcome, Optional<Instant> rival) {
        var end = index.plus(design.window());
        if (end.isAfter(now) && !mayBeCensored) {
            leftOut.merge("the window is not over", 1, Integer::sum);
            return;
        }
        var event = outcome.filter(time -> !time.isAfter(end))
                .filter(time ->
                        rival.map(other -> !time.isAfter(other.plus(SAME_DAY))).orElse(true));
        var competing = rival.filter(time -> !time.isAfter(end)).filter(time -> event.isEmpty());
        var until = event.or(() -> competing).orElse(end.isAfter(now) ? now : end);
        found.add(new FollowedUp(
                subject, index, event.isPresent(), competing.isPresent(), Duration.between(index, until)));
    }
}
