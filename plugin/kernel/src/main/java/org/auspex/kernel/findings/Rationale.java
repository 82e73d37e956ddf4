package org.auspex.kernel.findings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Issue;
import org.auspex.kernel.outcome.Outcome;

/** One line that says what a result rests on. */
final class Rationale {

    private final ModelCard card;
    private final Evidence evidence;

    Rationale(ModelCard card, Evidence evidence) {
        this.card = card;
        this.evidence = evidence;
    }

    String of(Outcome outcome) {
        if (outcome instanceof Outcome.Score score) {
            return points(score);
        }
        if (outcome instanceof Outcome.Issues issues) {
            return issues(issues);
        }
        if (outcome instanceof Outcome.Marked marked) {
            return "%s from %d image%s, the highest of which counts"
                    .formatted(
                            card.id(),
                            marked.markings().size(),
                            marked.markings().size() == 1 ? "" : "s");
        }
        if (outcome instanceof Outcome.Labelled reasoned && !reasoned.because().isEmpty()) {
            return "%s %s: %s".formatted(card.id(), reasoned.label().name(), String.join("; ", reasoned.because()));
        }
        return outcome instanceof Outcome.Labelled labelled
                ? "%s %s; %s".formatted(card.id(), labelled.label().name(), values()) + notes()
                : inputs();
    }

    private String issues(Outcome.Issues issues) {
        return "%s judged %d of %d rules; open: %s%s%s"
                .formatted(
                        card.id(),
                        issues.judged(),
                        card.rules().size(),
                        names(issues.open().stream().map(Issue::rule).toList()),
                        issues.answered().isEmpty() ? "" : "; answered: " + names(issues.answered()),
                        issues.unjudged().isEmpty()
                                ? ""
                                : "; not judged: "
                                        + issues.unjudged().stream()
                                                .map(Outcome.Reason::toString)
                                                .collect(Collectors.joining("; ")));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private String points(Outcome.Score score) {
        var scored = score.items().stream()
                .filter(item -> item.points() != 0)
                .map(item -> item.name() + " " + number(item.points()))
                .collect(Collectors.joining(", "));
        return "%s %s%s".formatted(card.id(), number(score.total()), scored.isEmpty() ? "" : ": " + scored) + notes();
    }

    /** What was read of what the card asks for, and what was not. */
    String inputs() {
        var missing = evidence.readings().stream()
                .filter(reading -> reading.feature() instanceof Feature.Missing)
                .map(Reading::input)
                .collect(Collectors.joining(", "));
        var all = evidence.readings().size();
        var known = evidence.readings().stream()
                .filter(reading -> reading.feature().number().isPresent() || reading.feature() instanceof Feature.Tiled)
                .count();
        return "%s from %d of %d inputs".formatted(card.id(), known, all)
                + (missing.isEmpty() ? "" : "; missing: " + missing)
                + notes();
    }

    /** What was known, in the words of the model. */
    private String values() {
        return evidence.readings().stream()
                .filter(reading -> reading.feature().number().isPresent())
                .map(reading -> reading.input() + " " + shown(reading.feature()))
                .collect(Collectors.joining(", "));
    }

    static String shown(Feature feature) {
        return feature instanceof Feature.Categorical categorical
                ? categorical.category()
                : number(feature.number().orElseThrow());
    }

    /** What was done to values before they were used. */
    private String notes() {
        var notes = evidence.readings().stream()
                .filter(reading -> reading.feature().number().isPresent()
                        && !reading.notes().isEmpty())
                .map(reading -> reading.input() + " " + String.join(", ", reading.notes()))
                .collect(Collectors.joining("; "));
        return notes.isEmpty() ? "" : " (" + notes + ")";
    }

    private static String number(double points) {
        return points == Math.rint(points) ? String.valueOf((long) points) : String.format(Locale.ROOT, "%.1f", points);
    }
}
