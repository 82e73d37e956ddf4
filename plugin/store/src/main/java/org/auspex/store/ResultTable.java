package org.auspex.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Identity;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The rows behind results: who wrote which, what each rests on, which is the newest. */
final class ResultTable {

    private static final String COLUMNS =
            "r.id, r.model, r.subject, r.patient, r.as_of, r.result, r.parts, r.provenance_id";

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final Clock clock;

    ResultTable(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.named = new NamedParameterJdbcTemplate(jdbc);
        this.clock = clock;
    }

    /**
     * Takes the identities of findings. Whoever comes second waits for the first to commit, and then fails.
     *
     * @param partition that their resources are written to; empty in a store without partitions
     * @return the rows, by identity
     * @throws org.springframework.dao.DataIntegrityViolationException if one of them is taken
     */
    Map<Identity, ResultRow> take(List<Finding> findings, Optional<Integer> partition) {
        var now = Timestamp.from(clock.instant());
        jdbc.batchUpdate(
                """
                insert into auspex_result
                    (identity, model, model_name, model_line, subject, patient, as_of, state, created_at,
                     partition_id)
                values (?, ?, ?, ?, ?, ?, ?, 'standing', ?, ?)
                """,
                findings.stream()
                        .map(finding -> new Object[] {
                            finding.identity().hash(),
                            finding.model().toString(),
                            finding.model().name(),
                            finding.model().line(),
                            finding.subject().reference(),
                            finding.subject().patient(),
                            Timestamp.from(finding.asOf()),
                            now,
                            partition.orElse(null)
                        })
                        .toList());
        return find(findings);
    }

    /** Notes the resources of findings whose identities were taken, and what they rest on. */
    void fill(Map<Finding, Written> written, Map<Identity, ResultRow> taken) {
        var ids = new ArrayList<Object[]>();
        var basis = new ArrayList<Object[]>();
        written.forEach((finding, resources) -> {
            var id = Objects.requireNonNull(taken.get(finding.identity())).id();
            ids.add(new Object[] {
                resources.reference().orElse(null),
                parts(resources.parts()),
                resources
                        .provenance()
                        .map(stored -> stored.getIdElement().getIdPart())
                        .orElse(null),
                id
            });
            finding.basis().forEach(piece -> basis.add(basis(id, piece)));
        });
        jdbc.batchUpdate("update auspex_result set result = ?, parts = ?, provenance_id = ? where id = ?", ids);
        jdbc.batchUpdate(
                "insert into auspex_basis (result_id, resource, version, input, fingerprint) values (?, ?, ?, ?, ?)",
                basis);
    }

    /** Takes from a result what a newer one goes on with. */
    void hand(ResultRow before, Collection<String> parts) {
        var left = before.parts().stream().filter(part -> !parts.contains(part)).collect(Collectors.joining(" "));
        jdbc.update("update auspex_result set parts = ? where id = ?", left, before.id());
    }

    private static String parts(List<? extends Resource> parts) {
        return parts.stream().map(part -> Written.reference(part).orElseThrow()).collect(Collectors.joining(" "));
    }

    private static Object[] basis(long result, Piece piece) {
        var reference = new IdType(piece.reference());
        return new Object[] {
            result,
            reference.getResourceType() + "/" + reference.getIdPart(),
            Objects.requireNonNullElse(reference.getVersionIdPart(), ""),
            piece.input(),
            Sha256.of(piece.fingerprint())
        };
    }

    /** The rows of those findings whose identity is taken. */
    Map<Identity, ResultRow> find(List<Finding> findings) {
        var rows = new HashMap<Identity, ResultRow>();
        named.query(
                "select r.identity, " + COLUMNS + " from auspex_result r where r.identity in (:identities)",
                Map.of(
                        "identities",
                        findings.stream()
                                .map(finding -> finding.identity().hash())
                                .toList()),
                (RowCallbackHandler) found -> rows.put(new Identity(found.getString("identity")), row(found)));
        return rows;
    }

    /** Every standing result that rests on a resource ({@code Observation/1}), or is about it. */
    List<ResultRow> restingOn(String resource) {
        return query("""
                where r.state = 'standing' and (r.patient = ? or r.subject = ?
                    or r.id in (select result_id from auspex_basis where resource = ?)) order by r.id
                """, resource, resource, resource);
    }

    /** The studies ({@code ImagingStudy/1}) that standing results made since a moment are about. */
    List<String> studies(Instant since) {
        return jdbc.queryForList("""
                select distinct subject from auspex_result
                where state = 'standing' and created_at >= ? and subject like 'ImagingStudy/%' order by subject
                """, String.class, Timestamp.from(since));
    }

    /** What a result read from a resource: input and hash of value and time. */
    List<Used> used(ResultRow row, String resource) {
        return jdbc.query(
                "select input, fingerprint from auspex_basis where result_id = ? and resource = ?",
                (found, n) -> new Used(found.getString("input"), found.getString("fingerprint")),
                row.id(),
                resource);
    }

    /** Ends a standing result and frees its identity; false if another did so before. */
    boolean end(ResultRow row, String state) {
        jdbc.update("delete from auspex_current where result_id = ?", row.id());
        return jdbc.update(
                        "update auspex_result set state = ?, identity = null where id = ? and state = 'standing'",
                        state,
                        row.id())
                == 1;
    }

    /**
     * The newest result of the model's version line about each of the subjects that has one, locked until the transaction
     * ends. Whoever locks several does it in the same order, so that none waits for another in a circle.
     */
    Map<String, Current> current(ModelId model, Collection<String> subjects) {
        var asked = new HashMap<Long, Instant>();
        named.query("""
                select result_id, as_of from auspex_current
                where model_name = :name and model_line = :line and subject in (:subjects) order by subject for update
                """, Map.of("name", model.name(), "line", model.line(), "subjects", subjects), (RowCallbackHandler)
                found -> asked.put(
                        found.getLong("result_id"), found.getTimestamp("as_of").toInstant()));
        var current = new HashMap<String, Current>();
        if (!asked.isEmpty()) {
            named.query(
                    "select " + COLUMNS + " from auspex_result r where r.id in (:ids)",
                    Map.of("ids", asked.keySet()),
                    (RowCallbackHandler) found -> current.put(
                            found.getString("subject"),
                            new Current(row(found), Objects.requireNonNull(asked.get(found.getLong("id"))))));
        }
        return current;
    }

    /**
     * Makes results the newest.
     *
     * @param before the newest until now, by subject
     * @throws org.springframework.dao.DataIntegrityViolationException if another became the first at this moment
     */
    void setCurrent(List<ResultRow> rows, Map<String, Current> before) {
        var first = rows.stream().collect(Collectors.partitioningBy(row -> !before.containsKey(key(row))));
        jdbc.batchUpdate(
                "update auspex_current set result_id = ?, as_of = ? where model_name = ? and model_line = ? and subject = ?",
                values(first.getOrDefault(false, List.of())));
        jdbc.batchUpdate(
                "insert into auspex_current (result_id, as_of, model_name, model_line, subject) values (?, ?, ?, ?, ?)",
                values(first.getOrDefault(true, List.of())));
    }

    private static String key(ResultRow row) {
        return row.subject().reference();
    }

    private static List<Object[]> values(List<ResultRow> rows) {
        return rows.stream()
                .map(row -> new Object[] {
                    row.id(),
                    Timestamp.from(row.asOf()),
                    row.model().name(),
                    row.model().line(),
                    key(row)
                })
                .toList();
    }

    private List<ResultRow> query(String where, Object... values) {
        return jdbc.query("select " + COLUMNS + " from auspex_result r " + where, (found, n) -> row(found), values);
    }

    private static ResultRow row(ResultSet found) throws SQLException {
        return new ResultRow(
                found.getLong("id"),
                ModelId.parse(found.getString("model")),
                new Subject(found.getString("subject"), found.getString("patient")),
                found.getTimestamp("as_of").toInstant(),
                Objects.requireNonNullElse(found.getString("result"), ""),
                Stream.of(Objects.requireNonNullElse(found.getString("parts"), "")
                                .split(" "))
                        .filter(part -> !part.isEmpty())
                        .toList(),
                Objects.requireNonNullElse(found.getString("provenance_id"), ""));
    }

    /** One value that a result used. */
    record Used(String input, String fingerprint) {}

    /** The newest result and the time it was asked for. */
    record Current(ResultRow row, Instant asOf) {

        boolean isLaterThan(ResultRow other) {
            return asOf.isAfter(other.asOf());
        }
    }
}
