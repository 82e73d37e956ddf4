package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What must be true of the rules of a card whose engine is a list of rules. */
final class GuardRule implements CardRule {

    private static final Pattern NAMED = Pattern.compile("\\{([^{}]*)}");

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var rules = card.path("engine").path("kind").asText().equals("rules");
        if (rules != card.has("rules")) {
            report.accept(
                    "/engine",
                    rules
                            ? "the engine is a list of rules but the card has none - add rules: [...]"
                            : "the card has rules but its engine is another - write engine: {kind: rules}");
        }
        if (!rules) {
            return;
        }
        var names = new CardNames(card);
        var seen = new HashSet<String>();
        for (int i = 0; i < card.path("rules").size(); i++) {
            rule(card, i, names, seen, report);
        }
    }

    private static void rule(
            JsonNode card, int index, CardNames names, Set<String> seen, BiConsumer<String, String> report) {
        var at = "/rules/" + index;
        var rule = card.path("rules").get(index);
        var name = rule.path("rule").asText();
        if (!seen.add(name)) {
            report.accept(at + "/rule", "rule '%s' is declared twice - give each a name of its own".formatted(name));
        }
        for (var how : List.of("Diagnosed", "Answered", "Acknowledged")) {
            if (!name.isEmpty() && names.isKnown(Rule.answer(name, how))) {
                report.accept(
                        at + "/rule",
                        "the rule needs the name '%s' for itself, and an input has it - rename the input"
                                .formatted(Rule.answer(name, how)));
            }
        }
        finding(card, rule, at, report);
        when(rule, at, names, report);
        var told = NAMED.matcher(rule.path("says").asText());
        while (told.find()) {
            if (!names.isKnown(told.group(1))) {
                report.accept(
                        at + "/says",
                        "it shows {%s}, and no input is called so - use one of %s"
                                .formatted(told.group(1), names.all()));
            }
        }
    }

    private static void finding(JsonNode card, JsonNode rule, String at, BiConsumer<String, String> report) {
        var finding = rule.path("finding").asText();
        for (var input : card.path("inputs")) {
            if (input.path("name").asText().equals(finding)) {
                if (!List.of("latest", "first").contains(input.path("take").asText("latest")) || input.has("setting")) {
                    report.accept(
                            at + "/finding",
                            "'%s' is not one value with a time - let it take: latest or first".formatted(finding));
                }
                return;
            }
        }
        report.accept(at + "/finding", "no input is called '%s' - write one that is declared".formatted(finding));
    }

    private static void when(JsonNode rule, String at, CardNames names, BiConsumer<String, String> report) {
        try {
            var read = Expression.parse(rule.path("when").asText()).names();
            for (var name : read) {
                if (!names.isKnown(name)) {
                    report.accept(
                            at + "/when",
                            "the formula reads '%s', which nothing declares - use one of %s"
                                    .formatted(name, names.all()));
                }
            }
            if (!read.contains(rule.path("finding").asText())) {
                report.accept(
                        at + "/when",
                        "the formula does not read the finding '%s' - let it"
                                .formatted(rule.path("finding").asText()));
            }
        } catch (IllegalArgumentException e) {
            report.accept(at + "/when", e.getMessage() + " - mend it");
        }
    }
}
