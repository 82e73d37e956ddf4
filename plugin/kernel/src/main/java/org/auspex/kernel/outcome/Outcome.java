package org.auspex.kernel.outcome;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.kernel.notes.Standardised;

/** What a model said about one subject. */
public sealed interface Outcome
        permits Outcome.Risk,
                Outcome.Score,
                Outcome.Survival,
                Outcome.Labelled,
                Outcome.Marked,
                Outcome.Issues,
                Outcome.Noted,
                Multimodal,
                Outcome.Abstained,
                Ranking,
                Differential {

    /**
     * Probabilities.
     *
     * @param chances one for each output that could be computed, in the card's order; at least one
     */
    record Risk(List<Chance> chances) implements Outcome {
        public Risk {
            chances = List.copyOf(chances);
            if (chances.isEmpty()) {
                throw new IllegalArgumentException("A risk has a probability");
            }
        }

        @Override
        public String kind() {
            return "probability";
        }

        @Override
        public Optional<RiskWord> risk() {
            return chances.get(0).band().map(Band::risk);
        }

        @Override
        public Optional<Double> value() {
            return Optional.of(chances.get(0).probability());
        }
    }

    /**
     * The probability of one output.
     *
     * @param probability 0 to 1
     */
    record Chance(Output output, double probability, Optional<Band> band) {
        public Chance {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("A probability lies between 0 and 1, not at " + probability);
            }
        }
    }

    /**
     * Points.
     *
     * @param total the sum
     * @param items the points of each item, in the scorecard's order
     * @param probability 0 to 1; empty where the publication gives none
     */
    record Score(double total, List<Item> items, Optional<Band> band, Optional<Double> probability) implements Outcome {
        public Score {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "score";
        }

        @Override
        public Optional<RiskWord> risk() {
            return band.map(Band::risk);
        }

        @Override
        public Optional<Double> value() {
            return Optional.of(total);
        }
    }

    /**
     * When an event comes.
     *
     * @param output with the follow-up that the curve is about
     * @param band the risk group, by the risk at the last horizon
     */
    record Survival(Output output, SurvivalCurve curve, Optional<Band> band) implements Outcome {

        /** The curve in the group its risk at the last horizon falls in. */
        public static Survival of(Output output, SurvivalCurve curve) {
            var percent = 100 * curve.risk(output.followUp().orElseThrow().lastHorizon());
            return new Survival(output, curve, output.band(percent, 0, formula -> false));
        }

        /** Horizons, their unit and the times of the curve. */
        public FollowUp followUp() {
            return output.followUp().orElseThrow();
        }

        @Override
        public String kind() {
            return "survival";
        }

        @Override
        public Optional<RiskWord> risk() {
            return band.map(Band::risk);
        }

        @Override
        public Optional<Double> value() {
            return Optional.of(curve.risk(followUp().lastHorizon()));
        }
    }

    /**
     * One of the classes a model sorts into.
     *
     * @param because why, in words of the card and of what it asked; may be empty
     */
    record Labelled(Label label, List<String> because) implements Outcome {
        public Labelled {
            because = List.copyOf(because);
        }

        public Labelled(Label label) {
            this(label, List.of());
        }

        @Override
        public String kind() {
            return "label";
        }

        @Override
        public Optional<RiskWord> risk() {
            return Optional.of(label.risk());
        }

        @Override
        public Optional<Double> value() {
            return Optional.empty();
        }
    }

    /**
     * What was marked on images.
     *
     * @param markings one for each image; at least one
     * @param chances what is said about all of them together; may be none
     */
    record Marked(List<Marking> markings, List<Chance> chances) implements Outcome {
        public Marked {
            markings = List.copyOf(markings);
            chances = List.copyOf(chances);
            if (markings.isEmpty()) {
                throw new IllegalArgumentException("Something is marked on an image");
            }
        }

        @Override
        public String kind() {
            return "mask";
        }

        @Override
        public Optional<RiskWord> risk() {
            return chances.stream().findFirst().flatMap(chance -> chance.band().map(Band::risk));
        }

        @Override
        public Optional<Double> value() {
            return chances.stream().findFirst().map(Chance::probability);
        }
    }

    /**
     * What nobody has answered.
     *
     * @param judged rules that had a value to look at
     * @param open what is unanswered; may be none
     * @param answered names of the rules whose finding is there, and was answered
     * @param unjudged rules that could not be looked at, by name, and why
     */
    record Issues(int judged, List<Issue> open, List<String> answered, List<Reason> unjudged) implements Outcome {
        public Issues {
            open = List.copyOf(open);
            answered = List.copyOf(answered);
            unjudged = List.copyOf(unjudged);
        }

        @Override
        public String kind() {
            return "issues";
        }

        /** That of the worst issue; low if there is none. */
        @Override
        public Optional<RiskWord> risk() {
            return Optional.of(open.stream()
                    .map(Issue::severity)
                    .max(Comparator.naturalOrder())
                    .map(Issue.Severity::risk)
                    .orElse(RiskWord.LOW));
        }

        @Override
        public Optional<Double> value() {
            return Optional.empty();
        }
    }

    /**
     * What a document names, and what became of each.
     *
     * @param facts one for each fact of the note, in its order
     */
    record Noted(ReadNote note, List<Standardised> facts) implements Outcome {
        public Noted {
            facts = List.copyOf(facts);
        }

        @Override
        public String kind() {
            return "facts";
        }

        @Override
        public Optional<RiskWord> risk() {
            return Optional.empty();
        }

        @Override
        public Optional<Double> value() {
            return Optional.empty();
        }
    }

    /** The points of one item of a score. */
    record Item(String name, double points) {}

    /** No result, and why not. */
    record Abstained(List<Reason> reasons) implements Outcome {
        public Abstained {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("An abstention has a reason");
            }
        }

        @Override
        public String kind() {
            return "abstained";
        }

        @Override
        public Optional<RiskWord> risk() {
            return Optional.empty();
        }

        @Override
        public Optional<Double> value() {
            return Optional.empty();
        }
    }

    /**
     * Why there is no result.
     *
     * @param input the input it is about; empty when it is about the subject
     */
    record Reason(Optional<String> input, String text) {

        public static Reason ofSubject(String text) {
            return new Reason(Optional.empty(), text);
        }

        @Override
        public String toString() {
            return input.map(name -> name + ": " + text).orElse(text);
        }
    }

    /** One word for logs, metrics and the worklist. */
    String kind();

    /** The word for the risk, of the first probability where there are several; empty if no band holds. */
    Optional<RiskWord> risk();

    /** The first probability (0 to 1), the points, or the risk at the last horizon; empty for a label, for issues and an abstention. */
    Optional<Double> value();
}
