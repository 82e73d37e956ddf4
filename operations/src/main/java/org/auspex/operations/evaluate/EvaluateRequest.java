package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.kernel.features.Criteria;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $evaluate}, checked.
 *
 * @param asOf when everybody is predicted; empty = each at what {@code index} means
 * @param thresholds empty = those of the card's bands
 * @param conformal the level of prediction sets or intervals; empty = none are fitted
 */
record EvaluateRequest(
        Whom whom,
        Optional<Instant> asOf,
        Optional<Criteria> index,
        Criteria outcome,
        Optional<Criteria> competing,
        Duration window,
        Optional<List<Double>> thresholds,
        Optional<Double> conformal) {

    static final Set<String> NAMES = Set.of(
            "cohort", "query", "asOf", "index", "outcome", "competing", "window", "subgroup", "threshold", "conformal");

    /**
     * Reads the body of a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static EvaluateRequest parse(@Nullable IBaseResource body, Instant now) {
        return Arguments.of(body, "$evaluate", NAMES).checked(given -> new Reading(given).request(now));
    }

    /** As a person reads it. */
    String words() {
        return "cohort %s; predicted %s; outcome %s%s within %s"
                .formatted(
                        whom.source(),
                        asOf.map(time -> "as of " + time).orElseGet(() -> "at the first " + index.orElseThrow()),
                        outcome,
                        competing.map(rival -> " beside " + rival).orElse(""),
                        window);
    }

    /** One pass over the parameters that collects every problem. */
    private record Reading(Arguments given) {

        EvaluateRequest request(Instant now) {
            var whom = Whom.of(given);
            var time = given.value("asOf");
            var asOf = given.asOf(now, ", so nothing can have come after it");
            var index = criteria("index");
            if (time.isPresent() == index.isPresent()) {
                given.problem(
                        "Say when people are predicted, by asOf (one time for all) or by index (a search for what begins each follow-up),"
                                + " and not by both");
            }
            var outcome = criteria("outcome");
            if (outcome.isEmpty()) {
                given.problem(
                        "outcome is missing: a search for what means that it happened, such as Condition?code=http://snomed.info/sct|22298006");
            }
            return new EvaluateRequest(
                    whom,
                    asOf,
                    index,
                    outcome.orElse(Criteria.parse("Condition")),
                    criteria("competing"),
                    window(),
                    decimals("threshold"),
                    conformal());
        }

        private Optional<Criteria> criteria(String name) {
            return given.text(name).map(text -> {
                if (!text.strip().matches("[A-Z][A-Za-z]+(\\?.+)?")) {
                    given.problem("%s '%s' is no search; write it as Condition?code=SYSTEM|CODE".formatted(name, text));
                }
                return Criteria.parse(text);
            });
        }

        private Duration window() {
            var text = given.text("window");
            try {
                var window = text.map(Duration::parse).orElse(Duration.ZERO);
                if (window.isZero() || window.isNegative()) {
                    given.problem(
                            text.map(
                                            "window '%s' is no length of time above nothing; write it as P30D or PT24H"
                                                    ::formatted)
                                    .orElse(
                                            "window is missing: how long after the prediction the outcome counts, such as P30D"));
                }
                return window;
            } catch (DateTimeParseException e) {
                given.problem("window '%s' is no length of time in days or hours; write it as P30D or PT24H"
                        .formatted(text.orElseThrow()));
                return Duration.ZERO;
            }
        }

        private Optional<Double> conformal() {
            var level = decimals("conformal").map(levels -> levels.get(0));
            level.filter(one -> !(one >= 0.5 && one <= 0.995))
                    .ifPresent(one ->
                            given.problem("conformal '%s' is no level from 0.5 to 0.995; write 0.9".formatted(one)));
            return level;
        }

        private Optional<List<Double>> decimals(String name) {
            var decimals = given.values(name)
                    .flatMap(value -> {
                        if (value instanceof DecimalType decimal && decimal.hasValue()) {
                            return Stream.of(decimal.getValue().doubleValue());
                        }
                        given.problem("%s '%s' is no decimal".formatted(name, value.primitiveValue()));
                        return Stream.empty();
                    })
                    .toList();
            return decimals.isEmpty() ? Optional.empty() : Optional.of(decimals);
        }
    }
}
