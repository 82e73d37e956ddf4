package org.auspex.kernel.model;

import static org.auspex.kernel.model.CardMapper.list;
import static org.auspex.kernel.model.CardMapper.text;
import static org.auspex.kernel.model.CardMapper.upper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.After;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.kernel.outcome.Issue;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;

/** Turns the rules of a card that broke no rule into records, each with the inputs that tell whether it was answered. */
final class RuleMapper {

    /** What is ordered later answers the finding however much later. */
    private static final Duration EVER = Duration.ofDays(36_500);

    private RuleMapper() {}

    static Rule rule(JsonNode rule) {
        var name = rule.get("rule").asText();
        var finding = rule.get("finding").asText();
        var answers = new ArrayList<Input>();
        answers.add(input(Rule.answer(name, "Diagnosed"), sources(rule.path("diagnosed")), Optional.empty(), false));
        answers.add(input(Rule.answer(name, "Answered"), sources(rule.path("answered")), following(finding), false));
        // What a person did with an earlier DetectedIssue of this rule.
        var own = new Criteria("DetectedIssue", List.of(new Code(Systems.RULE, name)), List.of(), "");
        answers.add(input(Rule.answer(name, "Acknowledged"), List.of(source(own)), following(finding), true));
        answers.removeIf(input -> input.sources().isEmpty());
        return new Rule(
                name,
                rule.get("title").asText(),
                Issue.Severity.valueOf(upper(rule.get("severity"))),
                finding,
                Expression.parse(rule.get("when").asText()),
                rule.get("says").asText(),
                rule.get("source").asText(),
                text(rule, "reference"),
                answers);
    }

    private static Optional<After> following(String finding) {
        return Optional.of(new After(finding, Duration.ZERO, EVER, List.of()));
    }

    private static List<Source> sources(JsonNode criteria) {
        return list(criteria, node -> source(Criteria.parse(node.asText())));
    }

    private static Source source(Criteria criteria) {
        return new Source(criteria, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Input input(String name, List<Source> sources, Optional<After> after, boolean aiEvidence) {
        var declared = new Input(
                name,
                sources,
                Optional.empty(),
                new Window(Optional.empty(), after),
                Take.EXISTS,
                new WhenMissing.Abstain(),
                aiEvidence,
                false,
                Category.NO_YES,
                Optional.empty(),
                Optional.empty());
        // Where there is no finding, nothing can follow it.
        return declared.with(
                new WhenMissing.Impute(declared.category(Category.NO).orElseThrow()));
    }
}
