package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Identity;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Writes findings of one model within a transaction that is under way. The rows with their identities come first, before the
 * resources: of two that write the same at the same moment one gets them, and the other reads what that one wrote.
 */
final class ResultBlock {

    private final FhirStore store;
    private final ResultTable table;
    private final OpenIssues issues;
    private final FollowUpTasks steps;
    private final Warnings warnings;

    ResultBlock(FhirStore store, ResultTable table, FollowUpTasks steps, Warnings warnings) {
        this.store = store;
        this.table = table;
        this.issues = new OpenIssues(store);
        this.steps = steps;
        this.warnings = warnings;
    }

    /**
     * The resources of each finding, in their order: those that stand already, or new ones.
     *
     * @param findings of one model, at least one
     */
    List<Written> write(List<Finding> findings, SystemRequestDetails place) {
        var standing = standing(table.find(findings));
        var fresh = findings.stream()
                .filter(finding -> !standing.containsKey(finding.identity()))
                .toList();
        var taken = fresh.isEmpty() ? Map.<Identity, ResultRow>of() : table.take(fresh, Partitions.number(place));
        var before = table.current(
                findings.get(0).model(),
                findings.stream().map(finding -> finding.subject().reference()).toList());
        var written = create(fresh, taken, before, place);
        written.putAll(read(findings, standing, before));
        return findings.stream()
                .map(finding -> Objects.requireNonNull(written.get(finding)))
                .toList();
    }

    /** What stands of one finding; empty if nothing does. */
    Optional<Written> standing(Finding finding) {
        var one = List.of(finding);
        var there = there(table.find(one));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        var before = table.current(finding.model(), List.of(finding.subject().reference()));
        return Optional.ofNullable(read(one, there, before).get(finding));
    }

    /** Those whose result is in the record, at this moment. */
    Set<Identity> standing(List<Finding> findings) {
        return findings.isEmpty() ? Set.of() : there(table.find(findings)).keySet();
    }

    /** Without those whose result somebody deleted: the same evidence may be asked about again. */
    private Map<Identity, ResultRow> standing(Map<Identity, ResultRow> rows) {
        var there = there(rows);
        rows.forEach((identity, row) -> {
            if (!there.containsKey(identity)) {
                table.end(row, "deleted");
            }
        });
        return there;
    }

    private Map<Identity, ResultRow> there(Map<Identity, ResultRow> rows) {
        var found = store.findAll(rows.values().stream().map(ResultRow::result).toList());
        var there = new HashMap<>(rows);
        there.values().removeIf(row -> !found.containsKey(row.result()));
        return there;
    }

    /** The tag is written with the result, for adding it later costs as much as the result itself. */
    private Map<Finding, Written> create(
            List<Finding> fresh,
            Map<Identity, ResultRow> taken,
            Map<String, ResultTable.Current> before,
            SystemRequestDetails place) {
        var newest = fresh.stream()
                .map(finding -> Objects.requireNonNull(taken.get(finding.identity())))
                .filter(row -> isNewest(row, before))
                .toList();
        // Before anything is created, while HAPI's session is small: it looks through all it holds at each tag.
        becomeCurrent(newest, before);
        var tagged = newest.stream().map(ResultRow::subject).collect(Collectors.toSet());
        // HAPI writes ids into what it stores, and this may be an attempt that is rolled back.
        var stored = new LinkedHashMap<Finding, Finding>();
        fresh.forEach(finding -> stored.put(finding, finding.copy()));
        var standing = new IdentityHashMap<DomainResource, Task>();
        stored.values().stream()
                .filter(copy -> tagged.contains(copy.subject()))
                .forEach(copy -> superseded(copy.subject(), before)
                        .ifPresent(row -> standing.putAll(steps.standing(row, copy.parts()))));
        store.createAll(
                stored.values().stream()
                        .flatMap(finding -> fresh(finding, standing)
                                .map(result -> tagged(result, tagged.contains(finding.subject()))))
                        .toList(),
                place);
        var provenances = stored.values().stream()
                .map(copy -> provenance(copy, fresh(copy, standing)))
                .toList();
        store.createAll(provenances, place);
        var written = new IdentityHashMap<Finding, Written>();
        var provenance = provenances.iterator();
        stored.forEach((finding, copy) -> written.put(
                finding,
                new Written(
                        copy.result(),
                        copy.parts().stream()
                                .map(part -> Optional.<DomainResource>ofNullable(standing.get(part))
                                        .orElse(part))
                                .toList(),
                        Optional.of(provenance.next()))));
        table.fill(written, taken);
        written.forEach((finding, result) -> {
            if (tagged.contains(finding.subject())) {
                var superseded = superseded(finding.subject(), before);
                superseded.ifPresent(row -> replace(row, finding, result));
                warnings.stored(finding, result.result(), superseded);
            }
        });
        return written;
    }

    /** Without the steps that an older result proposed already. */
    private static Stream<DomainResource> fresh(Finding finding, Map<DomainResource, Task> standing) {
        return finding.resources().stream().filter(part -> !standing.containsKey(part));
    }

    /** Issues are replaced, steps go on or end. */
    private void replace(ResultRow before, Finding finding, Written result) {
        var by = result.reference().orElseThrow();
        var kept = result.parts().stream()
                .flatMap(part -> Written.reference(part).stream())
                .filter(before.parts()::contains)
                .toList();
        issues.replace(before, by);
        steps.settle(before, kept, finding.basis(), by);
        table.hand(before, kept);
        kept.forEach(store::addCurrent);
    }

    private static Provenance provenance(Finding finding, Stream<DomainResource> fresh) {
        return finding.provenance(
                fresh.map(result -> new Reference(Results.versioned(result))).toList());
    }

    private static Resource tagged(Resource result, boolean newest) {
        if (newest && !Results.isCurrent(result)) {
            result.getMeta().addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        }
        if (!newest) {
            result.getMeta()
                    .getTag()
                    .removeIf(tag -> tag.getSystem().equals(Systems.STATE)
                            && tag.getCode().equals(Systems.CURRENT));
        }
        return result;
    }

    /** What stands, which may become the newest again when it is asked for at a later time. */
    private Map<Finding, Written> read(
            List<Finding> findings, Map<Identity, ResultRow> standing, Map<String, ResultTable.Current> before) {
        var asked = new IdentityHashMap<Finding, ResultRow>();
        findings.forEach(finding -> Optional.ofNullable(standing.get(finding.identity()))
                .ifPresent(row -> asked.put(finding, row.askedFor(finding.asOf()))));
        var newest = asked.values().stream()
                .filter(row -> isNewest(row, before) && !isCurrent(row, before))
                .toList();
        becomeCurrent(newest, before);
        for (var row : newest) {
            superseded(row.subject(), before).ifPresent(replaced -> issues.replace(replaced, row.result()));
            issues.reopen(row);
            steps.reopen(row);
            row.resources().forEach(store::addCurrent);
        }
        var there = store.findAll(asked.values().stream()
                .flatMap(row -> Stream.concat(row.resources().stream(), Stream.of(row.provenance())))
                .toList());
        var written = new IdentityHashMap<Finding, Written>();
        asked.forEach((finding, row) -> written.put(
                finding,
                new Written(
                        (DomainResource) Objects.requireNonNull(there.get(row.result())),
                        row.parts().stream()
                                .flatMap(part -> Stream.ofNullable((DomainResource) there.get(part)))
                                .toList(),
                        Optional.ofNullable((Provenance) there.get(row.provenance())))));
        return written;
    }

    private static boolean isNewest(ResultRow row, Map<String, ResultTable.Current> before) {
        var current = before.get(row.subject().reference());
        return current == null || !current.isLaterThan(row);
    }

    private static boolean isCurrent(ResultRow row, Map<String, ResultTable.Current> before) {
        var current = before.get(row.subject().reference());
        return current != null && current.row().id() == row.id();
    }

    private static Optional<ResultRow> superseded(Subject subject, Map<String, ResultTable.Current> before) {
        return Optional.ofNullable(before.get(subject.reference())).map(ResultTable.Current::row);
    }

    private void becomeCurrent(List<ResultRow> newest, Map<String, ResultTable.Current> before) {
        table.setCurrent(newest, before);
        for (var row : newest) {
            superseded(row.subject(), before)
                    .ifPresent(superseded -> superseded.resources().forEach(store::removeCurrent));
        }
    }
}
