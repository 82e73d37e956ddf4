package org.auspex.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.notes.Refusal;
import org.auspex.kernel.notes.Standardised;
import org.auspex.kernel.outcome.Issue;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Ranking;

/** What a golden case says that a model says. */
final class GoldenOutcome {

    private final JsonNode wanted;
    private final double tolerance;
    private final List<String> differences = new ArrayList<>();

    GoldenOutcome(JsonNode wanted, double tolerance) {
        this.wanted = wanted;
        this.tolerance = tolerance;
    }

    /** Every difference to what a model said; empty when there is none. */
    List<String> differences(Outcome outcome) {
        differences.clear();
        if (outcome instanceof Outcome.Score score) {
            number("score", wanted.path("score"), score.total());
            if (wanted.has("probability")) {
                number(
                        "probability",
                        wanted.get("probability"),
                        score.probability().orElse(Double.NaN));
            }
            score.items().forEach(item -> {
                if (wanted.path("items").has(item.name())) {
                    number(item.name(), wanted.path("items").path(item.name()), item.points());
                }
            });
            band(score.band().map(band -> band.risk().code()).orElse("none"));
        } else if (outcome instanceof Outcome.Risk risk) {
            risks(risk);
        } else if (outcome instanceof Outcome.Survival survival) {
            survival(survival);
        } else if (outcome instanceof Multimodal multimodal) {
            risks(new Outcome.Risk(multimodal.chances()));
            multimodal.survivals().forEach(this::survival);
        } else if (outcome instanceof Ranking ranking) {
            ranking(ranking);
        } else if (outcome instanceof Outcome.Labelled labelled) {
            text("label", wanted.path("label"), labelled.label().name());
            band(labelled.label().risk().code());
        } else if (outcome instanceof Outcome.Issues issues) {
            names("open", issues.open().stream().map(Issue::rule).toList());
            names("answered", issues.answered());
            names(
                    "unjudged",
                    issues.unjudged().stream()
                            .flatMap(reason -> reason.input().stream())
                            .toList());
        } else if (outcome instanceof Outcome.Noted noted) {
            facts(noted);
        } else if (outcome instanceof Outcome.Abstained abstained) {
            abstention(wanted.path("abstained"), abstained);
        }
        return List.copyOf(differences);
    }

    /** A case that does not name a list wants it to be empty. */
    private void names(String what, List<String> found) {
        var names = new ArrayList<String>();
        wanted.path(what).forEach(name -> names.add(name.asText()));
        if (!names.equals(found)) {
            differences.add("%s is %s, the case says %s".formatted(what, found, wanted));
        }
    }

    private void survival(Outcome.Survival survival) {
        var free = survival.curve().free();
        if (wanted.path("survival").size() != free.size()) {
            differences.add("gives %s, the case says %s".formatted(free, wanted));
            return;
        }
        for (int i = 0; i < free.size(); i++) {
            number(
                    "survival at " + survival.followUp().times().get(i),
                    wanted.path("survival").get(i),
                    free.get(i));
        }
        band(survival.band().map(band -> band.risk().code()).orElse("none"));
    }

    /** The choices in their order, each with its probability. */
    private void ranking(Ranking ranking) {
        var top = ranking.top();
        var names = top.stream().map(ranked -> ranked.choice().name()).toList();
        var wantedNames = new ArrayList<String>();
        wanted.path("ranking").fieldNames().forEachRemaining(wantedNames::add);
        if (!names.equals(wantedNames)) {
            differences.add("ranks %s, the case says %s".formatted(names, wanted));
            return;
        }
        top.forEach(ranked -> number(
                ranked.choice().name(),
                wanted.path("ranking").path(ranked.choice().name()),
                ranked.probability()));
    }

    /** Each fact in the note's order, as {@link #words} puts it. */
    private void facts(Outcome.Noted noted) {
        var found = noted.facts().stream().map(GoldenOutcome::words).toList();
        var given = new ArrayList<String>();
        wanted.path("facts").forEach(line -> given.add(line.asText()));
        if (!found.equals(given)) {
            differences.add("notes %s, the case says %s".formatted(found, given));
        }
    }

    /** {@code 发热: fever present}, {@code T: temperature 38.5 Cel} or {@code 肺炎: refused, uncertain}. */
    private static String words(Standardised fact) {
        var said = fact.record()
                .map(key -> fact.amount()
                        .map(amount -> "%s %s%s %s"
                                .formatted(
                                        key.name(),
                                        amount.comparator(),
                                        Stream.concat(Stream.of(amount.number()), amount.second().stream())
                                                .map(number -> number.stripTrailingZeros()
                                                        .toPlainString())
                                                .collect(Collectors.joining("/")),
                                        amount.unit().orElse("")))
                        .orElseGet(() ->
                                "%s %s".formatted(key.name(), key.said().name().toLowerCase(Locale.ROOT))))
                .orElseGet(() -> "refused, " + fact.refusal().map(Refusal::code).orElse(""));
        return "%s: %s".formatted(fact.fact().words().text(), said);
    }

    private void risks(Outcome.Risk risk) {
        if (wanted.has("probability")) {
            var chance = risk.chances().get(0);
            number("probability", wanted.get("probability"), chance.probability());
            band(word(chance));
            return;
        }
        var found = risk.chances().stream()
                .collect(Collectors.toMap(chance -> chance.output().name(), Function.identity()));
        var names = new HashSet<String>();
        wanted.path("probabilities").fieldNames().forEachRemaining(names::add);
        if (!names.equals(found.keySet())) {
            differences.add("gives %s, the case says %s".formatted(found.keySet(), wanted));
            return;
        }
        found.forEach((name, chance) -> {
            number(name, wanted.path("probabilities").path(name), chance.probability());
            if (wanted.path("risks").has(name)) {
                text("risk of " + name, wanted.path("risks").path(name), word(chance));
            }
        });
    }

    private static String word(Outcome.Chance chance) {
        return chance.band().map(band -> band.risk().code()).orElse("none");
    }

    private void text(String what, JsonNode named, String found) {
        if (!named.asText().equals(found)) {
            differences.add("%s is %s, the case says %s".formatted(what, found, wanted));
        }
    }

    private void band(String found) {
        if (wanted.has("risk") && !wanted.get("risk").asText().equals(found)) {
            differences.add("risk is %s, the case says %s"
                    .formatted(found, wanted.get("risk").asText()));
        }
    }

    private void number(String what, JsonNode given, double found) {
        if (!given.isNumber()) {
            differences.add("%s is %s, the case says %s".formatted(what, found, wanted));
            return;
        }
        var off = Math.abs(found - given.asDouble());
        if (!(off <= tolerance)) {
            differences.add(
                    "%s is %s, the case says %s: off by %s, allowed %s".formatted(what, found, given, off, tolerance));
        }
    }

    private void abstention(JsonNode inputs, Outcome.Abstained abstained) {
        var names = new HashSet<String>();
        abstained.reasons().forEach(reason -> reason.input().ifPresent(names::add));
        var wantedNames = new HashSet<String>();
        inputs.forEach(name -> wantedNames.add(name.asText()));
        if (!inputs.isArray() || !names.equals(wantedNames)) {
            differences.add("abstained because %s, the case says %s".formatted(abstained.reasons(), wanted));
        }
    }
}
