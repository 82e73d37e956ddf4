package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Standing;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.kernel.watch.Diagnosis;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Conditions that people confirmed or refuted, beside the results that a version had given before. */
final class Diagnoses {

    private static final String STATUS = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String CONFIRMED = "confirmed";

    private static final String RESULTS = """
            select patient, result, parts, created_at from auspex_result
            where model = :model and state = 'standing' and patient in (:patients) order by id desc
            """;

    private final FhirStore store;
    private final NamedParameterJdbcTemplate named;

    Diagnoses(FhirStore store, DataSource database) {
        this.store = store;
        this.named = new NamedParameterJdbcTemplate(database);
    }

    /** How many patients were diagnosed as a version had said, and otherwise. */
    record Counted(long agreeing, long disagreeing) {}

    /** @param resources of the result, {@code RiskAssessment/1} among them */
    private record Result(String patient, List<String> resources, Instant created) {}

    /** Of Conditions that were stored or changed between two times. */
    Counted of(ModelCard card, Instant from, Instant before) {
        var byCode = new LinkedHashMap<Code, Output>();
        card.outputs().forEach(output -> output.outcome().ifPresent(code -> byCode.putIfAbsent(code, output)));
        var counted = byCode.values().stream()
                .flatMap(output -> agreements(card, output, from, before))
                .toList();
        var agreeing = counted.stream().filter(agrees -> agrees).count();
        return new Counted(agreeing, counted.size() - agreeing);
    }

    private Stream<Boolean> agreements(ModelCard card, Output output, Instant from, Instant before) {
        var code = output.outcome().orElseThrow();
        var newest = new HashMap<String, Condition>();
        conditions(code, from, before).stream()
                .sorted(Comparator.comparing(Diagnoses::when))
                .forEach(condition ->
                        newest.put(Compartment.plain(condition.getSubject().getReference()), condition));
        if (newest.isEmpty()) {
            return Stream.empty();
        }
        var results = results(card, List.copyOf(newest.keySet()));
        var written = store.findAll(
                results.stream().flatMap(result -> result.resources().stream()).toList());
        return newest.entrySet().stream().flatMap(entry -> {
            var diagnosis = diagnosis(entry.getValue());
            return results.stream()
                    .filter(result -> result.patient().equals(entry.getKey()))
                    .filter(result -> diagnosis.isAbout(result.created(), output.horizon()))
                    .findFirst()
                    .flatMap(result -> said(result, code, written))
                    .flatMap(diagnosis::agrees)
                    .stream();
        });
    }

    /** Those of people that are about a patient and say that it is so, or that it is not. */
    private List<Condition> conditions(Code code, Instant from, Instant before) {
        var search = new SearchParameterMap()
                .add("code", new TokenParam(code.system(), code.code()))
                .add(
                        "verification-status",
                        new TokenOrListParam().add(STATUS, CONFIRMED).add(STATUS, "refuted"));
        search.setLastUpdated(new DateRangeParam(Date.from(from), Date.from(before)));
        return store.search("Condition", search).stream()
                .map(Condition.class::cast)
                .filter(condition -> !Standing.isAiAsserted(condition))
                .filter(condition -> condition.getSubject().hasReference())
                .toList();
    }

    private List<Result> results(ModelCard card, List<String> patients) {
        return named.query(
                RESULTS,
                Map.of("model", card.id().toString(), "patients", patients),
                (found, n) -> new Result(
                        found.getString("patient"),
                        Stream.of(found.getString("result"), found.getString("parts"))
                                .flatMap(references -> Stream.ofNullable(references))
                                .flatMap(references -> Stream.of(references.split(" ")))
                                .filter(reference -> reference.startsWith("RiskAssessment/"))
                                .toList(),
                        found.getTimestamp("created_at").toInstant()));
    }

    private static Optional<RiskWord> said(Result result, Code code, Map<String, Resource> written) {
        return result.resources().stream()
                .map(written::get)
                .filter(RiskAssessment.class::isInstance)
                .flatMap(risk -> ((RiskAssessment) risk).getPrediction().stream())
                .filter(prediction -> prediction.getOutcome().hasCoding(code.system(), code.code()))
                .flatMap(prediction -> prediction.getQualitativeRisk().getCoding().stream())
                .flatMap(coding ->
                        Stream.of(RiskWord.values()).filter(word -> word.code().equals(coding.getCode())))
                .findFirst();
    }

    private static Diagnosis diagnosis(Condition condition) {
        return new Diagnosis(when(condition), condition.getVerificationStatus().hasCoding(STATUS, CONFIRMED));
    }

    /** When it was recorded; of a date the end of that day, and never later than it was stored. */
    private static Instant when(Condition condition) {
        var stored = condition.getMeta().getLastUpdated().toInstant();
        if (!condition.hasRecordedDate()) {
            return stored;
        }
        var recorded = condition.getRecordedDate().toInstant();
        var last = condition.getRecordedDateElement().getPrecision().ordinal() > TemporalPrecisionEnum.DAY.ordinal()
                ? recorded
                : recorded.plus(1, ChronoUnit.DAYS);
        return last.isAfter(stored) ? stored : last;
    }
}
