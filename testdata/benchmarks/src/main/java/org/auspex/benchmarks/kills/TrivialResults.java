package org.auspex.benchmarks.kills;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Settlement;
import org.auspex.kernel.Written;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelCard;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores results as the server does, the identity first, but as rows and not as FHIR resources. */
final class TrivialResults implements FindingsWriter {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Stops stops;
    private final Optional<Settlement> settlement;

    TrivialResults(JdbcTemplate jdbc, TransactionTemplate transaction, Stops stops, Optional<Settlement> settlement) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.stops = stops;
        this.settlement = settlement;
    }

    @Override
    public FindingsWriter settling(Settlement what) {
        return new TrivialResults(jdbc, transaction, stops, Optional.of(what));
    }

    @Override
    public Written write(ModelCard card, Finding finding) {
        stops.reached(Stage.COMPUTED);
        return Objects.requireNonNull(transaction.execute(status -> {
            var id = existing(finding).orElseGet(() -> create(finding));
            finding.result().setId(String.valueOf(id));
            var written = new Written(finding.result(), List.of(), Optional.empty());
            settlement.ifPresent(what -> what.settle(finding.subject(), written));
            return written;
        }));
    }

    private Optional<Long> existing(Finding finding) {
        return jdbc
                .queryForList(
                        "select id from trivial_result where identity = ?",
                        Long.class,
                        finding.identity().hash())
                .stream()
                .findFirst();
    }

    private long create(Finding finding) {
        jdbc.update(
                "insert into trivial_result (identity, subject) values (?, ?)",
                finding.identity().hash(),
                finding.subject().reference());
        stops.reached(Stage.WRITING);
        var id = existing(finding).orElseThrow();
        finding.basis()
                .forEach(piece -> jdbc.update(
                        "insert into trivial_basis (result_id, resource) values (?, ?)", id, piece.reference()));
        return id;
    }
}
