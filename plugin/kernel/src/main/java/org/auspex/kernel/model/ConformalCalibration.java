package org.auspex.kernel.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.Ranking;
import org.auspex.kernel.outcome.Region;
import org.auspex.kernel.outcome.SurvivalCurve;

/**
 * What a site has learnt from outcomes of its own about one version of a model: the limits of split conformal prediction, by which it is told
 * what cannot be ruled out. It is bound to the weights and to the site's settings; with others it says nothing.
 *
 * @param weights {@link #weights(ModelCard)}
 * @param settings what the site had chosen for the model
 * @param output the name of the output it is about
 * @param limits of the scores: of a probability or points, those of "it happens not" and "it happens"; of a ranking and of a curve, one
 * @param level 0 to 1
 * @param fitted when
 * @param source on whom, in words
 * @param fittedOn rows
 * @param covered of the rows held out, how many had the truth in what could not be ruled out
 * @param checkedOn rows held out
 */
public record ConformalCalibration(
        ModelId model,
        String weights,
        Map<String, String> settings,
        String output,
        List<Double> limits,
        double level,
        Instant fitted,
        String source,
        int fittedOn,
        long covered,
        long checkedOn) {

    public static final String EVENT = "event";
    public static final String NO_EVENT = "no-event";

    public ConformalCalibration {
        settings = Map.copyOf(settings);
        limits = List.copyOf(limits);
        if (limits.isEmpty() || limits.stream().anyMatch(limit -> !Double.isFinite(limit))) {
            throw new IllegalArgumentException("Limits are finite numbers, not " + limits);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("A level lies between 0 and 1, not at " + level);
        }
        if (covered < 0 || covered > checkedOn || fittedOn < 1) {
            throw new IllegalArgumentException(
                    "%d covered of %d, fitted on %d".formatted(covered, checkedOn, fittedOn));
        }
    }

    /** The SHA-256 of what a version is made of: of its weights or, without any, of its card. */
    public static String weights(ModelCard card) {
        return card.engine().file().map(EngineSpec.Weights::sha256).orElseGet(() -> {
            try {
                return Sha256.of(card.folder().resolve(CardReader.CARD));
            } catch (IOException e) {
                throw new UncheckedIOException("The card of %s cannot be read".formatted(card.id()), e);
            }
        });
    }

    /** What the site has chosen for a version, by name. */
    public static Map<String, String> settings(ModelCard card) {
        var chosen = new TreeMap<String, String>();
        card.settings().forEach((name, setting) -> setting.chosen().ifPresent(choice -> chosen.put(name, choice)));
        return chosen;
    }

    /** Why it says nothing of what this version answers; empty if it does. */
    public Optional<String> mismatch(ModelCard card) {
        if (!card.id().equals(model)) {
            return Optional.of("it is of %s, not of %s".formatted(model, card.id()));
        }
        if (!weights(card).equals(weights)) {
            return Optional.of("it was fitted with weights %s, and those that serve are %s; fit it anew"
                    .formatted(weights, weights(card)));
        }
        if (!settings(card).equals(settings)) {
            return Optional.of("it was fitted with settings %s, and those chosen are %s; fit it anew"
                    .formatted(settings, settings(card)));
        }
        var about =
                card.outputs().stream().filter(one -> one.name().equals(output)).findFirst();
        if (about.isEmpty()) {
            return Optional.of("the card has no output '%s'".formatted(output));
        }
        var expected = isOneLimit(about.get()) ? 1 : 2;
        return limits.size() == expected
                ? Optional.empty()
                : Optional.of("it has %d limits, and such an output has %d".formatted(limits.size(), expected));
    }

    private static boolean isOneLimit(Output about) {
        return about.choices().isPresent() || about.followUp().isPresent();
    }

    /**
     * What cannot be ruled out after an outcome; empty of a kind that it is not about.
     *
     * @param card that it fits
     */
    public Optional<Region> region(ModelCard card, Outcome outcome) {
        if (outcome instanceof Outcome.Risk risk) {
            return risk.chances().stream()
                    .filter(chance -> chance.output().name().equals(output))
                    .findFirst()
                    .map(chance -> happens(chance.probability(), chance.output()));
        }
        if (outcome instanceof Outcome.Score score) {
            return Optional.of(happens(score.total(), card.output()));
        }
        if (outcome instanceof Ranking ranking) {
            return Optional.of(choices(ranking));
        }
        return outcome instanceof Outcome.Survival survival ? Optional.of(freeUntil(survival)) : Optional.empty();
    }

    /** How unlike the truth "it happens not" and "it happens" are after a probability or points. */
    public static double[] scores(double value) {
        return new double[] {value, -value};
    }

    /** How unlike the truth a choice of a probability is. */
    public static double score(double probability) {
        return 1 - probability;
    }

    /** How unlike a foreseen curve an event, or the end of a follow-up, at a time is: the share that was to be free of it by then. */
    public static double score(SurvivalCurve curve, double time) {
        var end = curve.times().get(curve.times().size() - 1);
        return 1 - curve.risk(Math.min(time, end));
    }

    private Region happens(double value, Output about) {
        var scores = scores(value);
        var answers = List.of(
                new Region.Answer(NO_EVENT, "not: " + about.display(), Optional.empty()),
                new Region.Answer(EVENT, about.display(), about.outcome()));
        return new Region.Answers(
                level,
                IntStream.range(0, scores.length)
                        .filter(answer -> scores[answer] <= limits.get(answer))
                        .mapToObj(answers::get)
                        .toList(),
                scores.length);
    }

    private Region choices(Ranking ranking) {
        return new Region.Answers(
                level,
                ranking.ranked().stream()
                        .filter(ranked -> score(ranked.probability()) <= limits.get(0))
                        .map(ranked -> new Region.Answer(
                                ranked.choice().name(),
                                ranked.choice().display(),
                                Optional.of(ranked.choice().code())))
                        .toList(),
                ranking.ranked().size());
    }

    /** Without an upper end: when somebody who was censored had the event, no data tells. */
    private Region freeUntil(Outcome.Survival survival) {
        var followUp = survival.followUp();
        return new Region.FreeUntil(
                level, survival.curve().fallsTo(limits.get(0)).orElse(followUp.end()), followUp.unit());
    }
}
