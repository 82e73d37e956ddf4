package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/** Finds what an input could read: by its sources, its window and the standing of the resources. */
final class Candidates {

    private final RecordSource records;
    private final Paths paths;
    private final Elements elements;
    private final Values values;

    Candidates(RecordSource records, Paths paths, Elements elements, Values values) {
        this.records = records;
        this.paths = paths;
        this.elements = elements;
        this.values = values;
    }

    /** Everything in {@code resources} that an input could read, by any of its sources. */
    List<Observed> of(Input input, List<Resource> resources, Question question) {
        var candidates = new ArrayList<Observed>();
        for (var source : input.sources()) {
            for (var resource : resources) {
                if (source.from().resourceType().equals(resource.fhirType())
                        && (input.aiEvidence() || !Standing.isAiAsserted(resource))
                        && Standing.counts(resource)) {
                    candidates.addAll(observed(input, source, resource, question));
                }
            }
        }
        return candidates;
    }

    private List<Observed> observed(Input input, Source source, Resource resource, Question question) {
        var matched = elements.matched(source.from(), resource);
        if (matched.isEmpty() || !matches(resource, source.from().query())) {
            return List.of();
        }
        var moment = Moment.of(resource).filter(effective -> question.counts(resource, effective, input));
        if (moment.isEmpty()) {
            return List.of();
        }
        var known = Standing.known(resource, moment.get());
        return values(input, source, resource, matched, question).stream()
                .map(value -> new Observed(resource, value, moment.get(), known, source))
                .toList();
    }

    private List<Value> values(Input input, Source source, Resource resource, List<Base> matched, Question question) {
        if (input.take() == Take.EXISTS) {
            return List.of(new Value.Truth(true));
        }
        if (source.isOfImages()) {
            return StudyImages.of(resource, source).stream().toList();
        }
        if (source.isOfWords()) {
            return ReportWords.of(resource, input).stream().toList();
        }
        if (source.isOfText()) {
            return question.notes().text(resource);
        }
        if (source.fact().isPresent()) {
            return question.notes().values(resource, input, source);
        }
        if (source.isOfFacts()) {
            return List.of(question.notes().whole(resource));
        }
        return matched.stream()
                .flatMap(element ->
                        derived(source, question).map(Stream::of).orElseGet(() -> values(element, source, question)))
                .toList();
    }

    private Stream<Value> values(Base element, Source source, Question question) {
        return source.isOfEcg()
                ? EcgValues.of(element, source).stream()
                : paths.evaluate(element, source.value(), question.derived()).stream()
                        .flatMap(value -> values.read(value).stream());
    }

    /** Whether a resource also fulfils the search parameters in {@code query}. */
    boolean matches(Resource resource, String query) {
        return query.isEmpty() || records.matches(resource, query);
    }

    /** A derived value has a unit, which FHIRPath's numbers have not. */
    private static Optional<Value> derived(Source source, Question question) {
        return source.value().equals(Paths.AGE)
                ? question.age()
                        .map(age -> new Value.Measured(BigDecimal.valueOf(age.years()), "", Optional.of("a"), "a"))
                : Optional.empty();
    }

    /** The time of a question, what was derived for it, and the documents that were read for it. */
    record Question(Instant instant, Optional<Age> age, Notes notes) {

        private boolean counts(Resource resource, Moment effective, Input input) {
            return (input.past() || !Standing.isOver(resource, effective, instant))
                    && !Standing.known(resource, effective).isAfter(instant)
                    && input.window()
                            .within()
                            .map(window -> effective.isSince(instant.minus(window)))
                            .orElse(true);
        }

        private Map<String, Integer> derived() {
            return age.map(value -> Map.of(Paths.AGE, value.years())).orElse(Map.of());
        }
    }
}
