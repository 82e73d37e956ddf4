package org.auspex.kernel.appraisal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.background.Progress;
import org.auspex.kernel.evaluation.Endings;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.FollowUp;

/**
 * Judges a model on people of this server: each is predicted as if it were then, on what was known strictly before, and the prediction
 * is held against what came after.
 */
public final class CohortAppraisal {

    private static final int TOGETHER = 50;

    /** Nothing known at the time of the prediction itself counts, because the outcome's own workup begins there. */
    private static final Duration BEFORE = Duration.ofMillis(1);

    private static final Map<String, Double> SECONDS =
            Map.of("h", 3600.0, "d", 86_400.0, "wk", 604_800.0, "mo", 2_629_800.0, "a", 31_557_600.0);

    private final Prediction prediction;
    private final EvidenceReader reader;
    private final GroupReader groups;
    private final Clock clock;

    public CohortAppraisal(Prediction prediction, EvidenceReader reader, Clock clock) {
        this.prediction = prediction.withoutStoring();
        this.reader = reader;
        this.groups = new GroupReader(reader);
        this.clock = clock;
    }

    /**
     * Predicts and judges.
     *
     * @throws AppraisalRefused if nobody is left to judge it on, or what it says has no order
     */
    public Appraisal run(AppraisalOrder order, Progress progress) {
        var followUp = order.card().output().followUp();
        var followUps = new FollowUps(reader, order.design(), followUp.isPresent(), clock.instant());
        followUps.find(order.subjects(), progress);
        var leftOut = new LinkedHashMap<>(order.notAsked());
        followUps.leftOut().forEach((why, count) -> leftOut.merge(why, count, Integer::sum));
        var rows = rows(order, followUps.found(), progress);
        if (rows.isEmpty()) {
            throw new AppraisalRefused("Nobody of '%s' can be followed up: %s"
                    .formatted(order.source(), leftOut.isEmpty() ? "it is empty" : leftOut));
        }
        progress.at("judging", rows.size(), rows.size());
        var sample = new Sample(
                order.source(),
                leftOut,
                rows.stream().map(Row::features).toList(),
                missing(order.card(), rows),
                rows.stream().map(Row::scored).toList(),
                happened(order.design(), rows, followUp),
                GroupReader.groupings(order.by(), rows.stream().map(Row::groups).toList()),
                rows.stream().map(row -> row.subject().subject().patient()).toList(),
                Optional.empty());
        return new Appraiser(order.card(), Optional.empty(), order.thresholds(), order.bootstrap())
                .with(order.conforming())
                .of(sample);
    }

    /** One subject with what the model read and said, and to which groups it belongs. */
    private record Row(FollowedUp subject, Answer answer, Scored scored, Features groups) {
        Features features() {
            return answer.evidence().features();
        }
    }

    private List<Row> rows(AppraisalOrder order, List<FollowedUp> subjects, Progress progress) {
        var byIndex = subjects.stream()
                .collect(Collectors.groupingBy(FollowedUp::index, LinkedHashMap::new, Collectors.toList()));
        var rows = new ArrayList<Row>();
        for (var together : byIndex.entrySet()) {
            var all = together.getValue();
            for (var from = 0; from < all.size(); from += TOGETHER) {
                progress.at("predicting", rows.size(), subjects.size());
                var some = all.subList(from, Math.min(all.size(), from + TOGETHER));
                rows.addAll(rows(order, together.getKey(), some));
            }
        }
        return rows;
    }

    private List<Row> rows(AppraisalOrder order, Instant index, List<FollowedUp> some) {
        var asOf = index.minus(BEFORE);
        var subjects = some.stream().map(FollowedUp::subject).toList();
        var answers = prediction.predict(order.card().id(), subjects, asOf, Priority.ROUTINE);
        var groups = this.groups.read(order.by(), subjects, asOf);
        return IntStream.range(0, some.size())
                .mapToObj(i -> new Row(
                        some.get(i),
                        answers.get(i),
                        Scored.of(
                                answers.get(i).outcome(),
                                Optional.empty(),
                                order.card().id()),
                        groups.get(i)))
                .toList();
    }

    /** Inputs that no piece of the record was found for; a diagnosis that is not there is none, and not missing. */
    private static Map<String, Integer> missing(ModelCard card, List<Row> rows) {
        var missing = new LinkedHashMap<String, Integer>();
        card.requirements().inputs().stream()
                .filter(input -> input.take() != Take.EXISTS)
                .map(Input::name)
                .forEach(input -> missing.put(input, 0));
        rows.forEach(row -> row.answer().evidence().readings().stream()
                .filter(reading -> reading.pieces().isEmpty())
                .forEach(reading -> missing.computeIfPresent(reading.input(), (input, count) -> count + 1)));
        return missing;
    }

    private static Happened happened(Design design, List<Row> rows, Optional<FollowUp> followUp) {
        var event = flags(rows, FollowedUp::event);
        if (followUp.isEmpty()) {
            return Happened.atAll(event);
        }
        var second = seconds(followUp.get().unit());
        var time = rows.stream()
                .mapToDouble(row -> row.subject().until().toMillis() / 1000.0 / second)
                .toArray();
        return design.competing().isPresent()
                ? Happened.beside(new Endings(time, event, flags(rows, FollowedUp::competing)))
                : Happened.in(time, event);
    }

    private static boolean[] flags(List<Row> rows, Predicate<FollowedUp> flag) {
        var flags = new boolean[rows.size()];
        IntStream.range(0, flags.length)
                .forEach(i -> flags[i] = flag.test(rows.get(i).subject()));
        return flags;
    }

    private static double seconds(String unit) {
        var seconds = SECONDS.get(unit);
        if (seconds == null) {
            throw new AppraisalRefused("The model counts time in '%s'; this can be done in %s"
                    .formatted(unit, SECONDS.keySet().stream().sorted().toList()));
        }
        return seconds;
    }
}
