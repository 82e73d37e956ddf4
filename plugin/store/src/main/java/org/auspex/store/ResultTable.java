package org.auspex.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Identity;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows behind results: who wrote which, what each rests on, which is the newest. */
final class ResultTable {

    private static final String COLUMNS =
            "r.id, r.model, r.subject, r.patient, r.as_of, r.risk_id, r.score_id, r.provenance_id";

    private final JdbcTemplate jdbc;
    private final Clock clock;

    ResultTable(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.clock = clock;
    }

    /**
     * Takes the identity of a finding. Whoever comes second waits for the first to commit, and then fails.
     *
     * @param partition that its resources are written to; empty in a store without partitions
     * @return the row's id
     * @throws org.springframework.dao.DataIntegrityViolationException if it is taken
     */
    long take(Finding finding, Optional<Integer> partition) {
        jdbc.update(
                """
                insert into auspex_result
                    (identity, model, model_name, model_line, subject, patient, as_of, state, created_at,
                     partition_id)
                values (?, ?, ?, ?, ?, ?, ?, 'standing', ?, ?)
                """,
                finding.identity().hash(),
                finding.model().toString(),
                finding.model().name(),
                finding.model().line(),
                finding.subject().reference(),
                finding.subject().patient(),
                Timestamp.from(finding.asOf()),
                Timestamp.from(clock.instant()),
                partition.orElse(null));
        return Objects.requireNonNull(jdbc.queryForObject(
                "select id from auspex_result where identity = ?",
                Long.class,
                finding.identity().hash()));
    }

    /** Notes the resources of a finding whose identity was taken, and what it rests on. */
    void fill(long id, Finding finding, Written written) {
        jdbc.update(
                "update auspex_result set risk_id = ?, score_id = ?, provenance_id = ? where id = ?",
                written.risk().getIdElement().getIdPart(),
                written.score().map(score -> score.getIdElement().getIdPart()).orElse(null),
                written.provenance()
                        .map(provenance -> provenance.getIdElement().getIdPart())
                        .orElse(null),
                id);
        jdbc.batchUpdate(
                "insert into auspex_basis (result_id, resource, version, input, fingerprint) values (?, ?, ?, ?, ?)",
                finding.basis().stream().map(piece -> basis(id, piece)).toList());
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

    Optional<ResultRow> find(Identity identity) {
        return query("where r.identity = ?", identity.hash()).stream().findFirst();
    }

    /** Every standing result that rests on a resource ({@code Observation/1}), or is about it. */
    List<ResultRow> restingOn(String resource) {
        return query("""
                where r.state = 'standing' and (r.patient = ? or r.subject = ?
                    or r.id in (select result_id from auspex_basis where resource = ?)) order by r.id
                """, resource, resource, resource);
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

    /** The newest result of the same model, version line and subject, locked until the transaction ends. */
    Optional<Current> current(ResultRow row) {
        return jdbc
                .query(
                        """
                        select result_id, as_of from auspex_current
                        where model_name = ? and model_line = ? and subject = ? for update
                        """,
                        (found, n) -> new Current(
                                query("where r.id = ?", found.getLong("result_id"))
                                        .get(0),
                                found.getTimestamp("as_of").toInstant()),
                        row.model().name(),
                        row.model().line(),
                        row.subject().reference())
                .stream()
                .findFirst();
    }

    /**
     * Makes a result the newest.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if another became the first at this moment
     */
    void setCurrent(ResultRow row) {
        var updated = jdbc.update(
                "update auspex_current set result_id = ?, as_of = ? where model_name = ? and model_line = ? and subject = ?",
                row.id(),
                Timestamp.from(row.asOf()),
                row.model().name(),
                row.model().line(),
                row.subject().reference());
        if (updated == 0) {
            jdbc.update(
                    "insert into auspex_current (model_name, model_line, subject, result_id, as_of) values (?, ?, ?, ?, ?)",
                    row.model().name(),
                    row.model().line(),
                    row.subject().reference(),
                    row.id(),
                    Timestamp.from(row.asOf()));
        }
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
                Objects.requireNonNullElse(found.getString("risk_id"), ""),
                Optional.ofNullable(found.getString("score_id")),
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
