package org.auspex.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.auspex.kernel.Shadows;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.RiskWord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Keeps what shadows said in a table of our own, which no search of the record sees. */
public final class ShadowTable implements Shadows {

    private static final int LONGEST = 2000;

    private static final List<String> OPTIONAL =
            List.of("value", "risk", "reason", "served", "served_kind", "served_value", "served_risk", "served_reason");

    private static final String INSERT = """
            insert into auspex_shadow
                (model, subject, cause, as_of, kind, result_value, risk, reason,
                 served_model, served_kind, served_value, served_risk, served_reason)
            select :model, :subject, :cause, cast(:as_of as timestamp with time zone), :kind,
                cast(:value as double precision), :risk, :reason,
                :served, :served_kind, cast(:served_value as double precision), :served_risk, :served_reason
            where not exists (
                select 1 from auspex_shadow where model = :model and subject = :subject and cause = :cause)
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final Clock clock;

    ShadowTable(DataSource database, Clock clock) {
        this.jdbc = new NamedParameterJdbcTemplate(database);
        this.clock = clock;
    }

    @Override
    public void keep(Pair pair) {
        var row = row(pair.shadow(), pair.subject(), pair.cause(), pair.asOf())
                .addValue("kind", pair.said().kind())
                .addValue("value", pair.said().value().orElse(null))
                .addValue("risk", pair.said().risk().map(RiskWord::code).orElse(null))
                .addValue("reason", reason(pair.said()));
        pair.served()
                .ifPresent(served -> row.addValue("served", served.model().toString())
                        .addValue("served_kind", served.said().kind())
                        .addValue("served_value", served.said().value().orElse(null))
                        .addValue(
                                "served_risk",
                                served.said().risk().map(RiskWord::code).orElse(null))
                        .addValue("served_reason", reason(served.said())));
        jdbc.update(INSERT, row);
    }

    @Override
    public void keepFailure(ModelId shadow, Subject subject, String cause, String reason) {
        jdbc.update(
                INSERT,
                row(shadow, subject, cause, clock.instant())
                        .addValue("kind", "failed")
                        .addValue("reason", cut(reason)));
    }

    private static MapSqlParameterSource row(ModelId shadow, Subject subject, String cause, Instant asOf) {
        var row = new MapSqlParameterSource();
        OPTIONAL.forEach(column -> row.addValue(column, null));
        return row.addValue("model", shadow.toString())
                .addValue("subject", subject.reference())
                .addValue("cause", cause)
                .addValue("as_of", Timestamp.from(asOf));
    }

    /** How a shadow's answers compare with those that counted. */
    public Comparison compare(ModelId shadow) {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                select count(*) as pairs,
                    count(case when kind = 'failed' then 1 end) as failed,
                    count(case when kind <> 'failed' and kind <> 'abstained' and served_kind <> 'abstained' then 1 end)
                        as both_answered,
                    count(case when kind <> 'failed' and kind <> 'abstained'
                        and (served_kind is null or served_kind = 'abstained') then 1 end) as only_shadow,
                    count(case when kind = 'abstained' and served_kind <> 'abstained' then 1 end) as only_served,
                    count(case when kind = 'abstained' and (served_kind is null or served_kind = 'abstained') then 1 end)
                        as neither,
                    count(case when risk = served_risk then 1 end) as same_risk,
                    avg(result_value - served_value) as mean_difference,
                    avg(abs(result_value - served_value)) as mean_absolute_difference,
                    max(abs(result_value - served_value)) as largest_difference
                from auspex_shadow where model = :model
                """,
                Map.of("model", shadow.toString()),
                (row, n) -> new Comparison(
                        row.getLong("pairs"),
                        row.getLong("both_answered"),
                        row.getLong("same_risk"),
                        row.getLong("only_shadow"),
                        row.getLong("only_served"),
                        row.getLong("neither"),
                        row.getLong("failed"),
                        Optional.ofNullable(row.getObject("mean_difference", Double.class)),
                        Optional.ofNullable(row.getObject("mean_absolute_difference", Double.class)),
                        Optional.ofNullable(row.getObject("largest_difference", Double.class)))));
    }

    private static @Nullable String reason(Outcome outcome) {
        return outcome instanceof Outcome.Abstained abstained
                ? cut(abstained.reasons().stream().map(Outcome.Reason::toString).collect(Collectors.joining("; ")))
                : null;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /**
     * Pairs of answers, counted, and how far apart the values are (probabilities from 0 to 1, or points; the shadow's minus
     * the other's).
     *
     * @param both pairs in which both gave a result
     * @param sameRisk of these, with the same word for the risk
     * @param onlyShadow pairs in which the version that counts abstained, or there was none
     * @param failed questions that the shadow could not answer
     */
    public record Comparison(
            long pairs,
            long both,
            long sameRisk,
            long onlyShadow,
            long onlyServed,
            long neither,
            long failed,
            Optional<Double> meanDifference,
            Optional<Double> meanAbsoluteDifference,
            Optional<Double> largestDifference) {}
}
