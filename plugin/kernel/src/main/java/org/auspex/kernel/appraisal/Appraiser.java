package org.auspex.kernel.appraisal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Endings;
import org.auspex.kernel.evaluation.FreeCurve;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;

/** Judges a model on a sample. */
public final class Appraiser {

    private final ModelCard card;
    private final Output output;
    private final Optional<List<Double>> thresholds;
    private final Bootstrap bootstrap;
    private final Optional<Conforming> conforming;

    /**
     * @param output which of several outputs; empty = the first
     * @param thresholds from which on somebody would act; empty = those of the card's bands
     * @throws AppraisalRefused if the card has no such output
     */
    public Appraiser(ModelCard card, Optional<String> output, Optional<List<Double>> thresholds, Bootstrap bootstrap) {
        this(
                card,
                output.map(name -> named(card, name)).orElseGet(card::output),
                thresholds,
                bootstrap,
                Optional.empty());
    }

    private Appraiser(
            ModelCard card,
            Output output,
            Optional<List<Double>> thresholds,
            Bootstrap bootstrap,
            Optional<Conforming> conforming) {
        this.card = card;
        this.output = output;
        this.thresholds = thresholds.map(List::copyOf);
        this.bootstrap = bootstrap;
        this.conforming = conforming;
    }

    /** The same with limits of conformal prediction. */
    public Appraiser with(Optional<Conforming> wanted) {
        return new Appraiser(card, output, thresholds, bootstrap, wanted);
    }

    private static Output named(ModelCard card, String name) {
        return card.outputs().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AppraisalRefused("%s has no output '%s'; it has %s"
                        .formatted(
                                card.id(),
                                name,
                                card.outputs().stream().map(Output::name).toList())));
    }

    /**
     * Every figure that fits what the model says.
     *
     * @throws AppraisalRefused if the model says nothing of anybody, or foresees when and not whether an event comes and no times
     *     are known
     */
    public Appraisal of(Sample sample) {
        if (output.followUp().isPresent() && sample.happened().endings().isEmpty()) {
            throw new AppraisalRefused("%s foresees when an event comes; say when it came".formatted(card.id()));
        }
        var judged = IntStream.range(0, sample.scored().size())
                .filter(row -> sample.scored().get(row).value().isPresent())
                .toArray();
        var description = description(sample, judged);
        if (judged.length == 0) {
            throw new AppraisalRefused(
                    "The model abstained on every row, first because of: " + description.firstExcluded());
        }
        return new Judgement(output, sample, judged, bootstrap).appraisal(card, description, thresholds, conforming);
    }

    private Description description(Sample sample, int[] judged) {
        var excluded = new TreeMap<String, Long>();
        var first = new TreeMap<String, String>();
        for (var row = 0; row < sample.scored().size(); row++) {
            var scored = sample.scored().get(row);
            if (scored.value().isEmpty()) {
                excluded.merge(scored.reason(), 1L, Long::sum);
                first.putIfAbsent(scored.reason(), "row %d: %s".formatted(row + 1, scored.words()));
            }
        }
        var happened = sample.happened().only(judged);
        return new Description(
                sample.source(),
                sample.leftOut(),
                sample.scored().size(),
                judged.length,
                happened.events(),
                happened.rivals(),
                excluded,
                first,
                happened.endings().flatMap(Appraiser::medianFollowUp),
                inputs(sample.missing(), sample));
    }

    private List<InputDescription> inputs(Map<String, Integer> missing, Sample sample) {
        var inputs = new ArrayList<InputDescription>();
        for (var input : card.requirements().inputs()) {
            inputs.add(InputDescription.of(input.name(), missing.getOrDefault(input.name(), 0), sample.features()));
        }
        return inputs;
    }

    /** Censoring takes the place of the event (Schemper and Smith, Controlled Clinical Trials 1996;17:343-6). */
    private static Optional<Double> medianFollowUp(Endings endings) {
        var censored = new boolean[endings.event().length];
        IntStream.range(0, censored.length)
                .forEach(row -> censored[row] = !endings.event()[row] && !endings.competing()[row]);
        return FreeCurve.of(Endings.of(endings.time(), censored)).steps().stream()
                .filter(step -> step.free() <= 0.5)
                .map(FreeCurve.Step::time)
                .findFirst();
    }
}
