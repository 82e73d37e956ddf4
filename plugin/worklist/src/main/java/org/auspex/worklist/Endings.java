package org.auspex.worklist;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.Written;
import org.auspex.kernel.model.ModelId;

/** How questions end: with a result, an abstention or a failure, and with one of them only. */
final class Endings {

    private final Claims claims;
    private final Optional<FailureReports> failures;

    Endings(Claims claims, FailureReports failures) {
        this.claims = claims;
        this.failures = Optional.of(failures);
    }

    /** Of jobs: whoever asked finds the failures in the answer, and no operator is told. */
    Endings(Claims claims) {
        this.claims = claims;
        this.failures = Optional.empty();
    }

    /**
     * Belongs into the transaction that stores the result.
     *
     * @throws LeaseLost if others answer all of the questions; the result must not be stored then
     */
    void result(List<Work> works, Written result) {
        var summary = failures.isPresent() ? Optional.<String>empty() : Optional.of(result.summary());
        var ours = claims.end(works, "done", summary, result.reference());
        if (ours.isEmpty()) {
            throw new LeaseLost(works.get(0));
        }
        tellOperator(ours, result.reference().orElseGet(result::summary));
    }

    void abstained(List<Work> works, String reasons) {
        claims.inTransaction(() -> {
            var ours = claims.end(works, "abstained", Optional.of(reasons), Optional.empty());
            tellOperator(ours, "The model abstained: " + reasons);
            return ours;
        });
    }

    void reviewed(Work work, String how) {
        claims.inTransaction(() -> {
            var ours = claims.end(List.of(work), "done", Optional.of(how), Optional.empty());
            tellOperator(ours, how);
            return ours;
        });
    }

    /** Gives up everything that was asked about one subject, and shows it to an operator. */
    void failed(List<Work> works, String reason) {
        claims.inTransaction(() -> {
            var ours = claims.end(works, "failed", Optional.of(reason), Optional.empty());
            if (!ours.isEmpty()) {
                failures.ifPresent(reports -> report(ours, reason, reports));
            }
            return ours;
        });
    }

    private void report(List<Work> works, String reason, FailureReports reports) {
        var first = works.get(0);
        var failure = new FailureReports.Failure(
                Optional.of(first.model()).filter(model -> !model.isEmpty()).map(ModelId::parse),
                first.subject(),
                first.cause(),
                reason,
                first.attempt());
        var before = tasks(works);
        var task = reports.report(failure, before.stream().findFirst());
        before.stream().skip(1).forEach(other -> reports.report(failure, Optional.of(other)));
        claims.show(works, task);
    }

    private void tellOperator(List<Work> works, String outcome) {
        failures.ifPresent(reports -> tasks(works).forEach(task -> reports.answered(task, outcome)));
    }

    private static List<String> tasks(List<Work> works) {
        return works.stream().flatMap(work -> work.task().stream()).distinct().toList();
    }
}
