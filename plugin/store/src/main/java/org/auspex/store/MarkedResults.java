package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.auspex.kernel.appraisal.MarkedStudies;
import org.auspex.kernel.appraisal.MarkedStudy;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Results about studies that stand, from our own table, and the agreements that were counted about them, from the record. */
final class MarkedResults implements MarkedStudies {

    private static final String STANDING = """
            select subject, patient, result, created_at from auspex_result
            where model = :model and state = 'standing' and result like 'DiagnosticReport/%'
            and subject like 'ImagingStudy/%' and (subject in (:named) or patient in (:named)) order by id
            """;

    private final FhirStore store;
    private final NamedParameterJdbcTemplate named;

    MarkedResults(FhirStore store, DataSource database) {
        this.store = store;
        this.named = new NamedParameterJdbcTemplate(database);
    }

    /** @param report {@code DiagnosticReport/1} */
    private record Standing(Subject study, String report, Instant created) {}

    @Override
    public List<MarkedStudy> of(ModelId model, List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        var standing = named.query(
                STANDING,
                Map.of(
                        "model", model.toString(),
                        "named", subjects.stream().map(Subject::reference).toList()),
                (found, n) -> new Standing(
                        new Subject(found.getString("subject"), found.getString("patient")),
                        found.getString("result"),
                        found.getTimestamp("created_at").toInstant()));
        var reports = standing.stream().map(Standing::report).toList();
        var references = references(reports);
        var confirmed = store.findAll(reports);
        return standing.stream()
                .map(result -> new MarkedStudy(
                        result.study(),
                        result.created(),
                        confirmed.get(result.report()) instanceof DiagnosticReport report
                                && report.getStatus() == DiagnosticReport.DiagnosticReportStatus.FINAL,
                        references.getOrDefault(result.report(), List.of())))
                .toList();
    }

    private Map<String, List<MarkedStudy.Reference>> references(List<String> reports) {
        if (reports.isEmpty()) {
            return Map.of();
        }
        var about = new ReferenceOrListParam();
        reports.forEach(report -> about.add(new ReferenceParam(report)));
        var search = new SearchParameterMap()
                .add("code", new TokenParam(Systems.MEASUREMENT, "segmentation-agreement"))
                .add("focus", about);
        return store.search("Observation", search).stream()
                .map(Observation.class::cast)
                .filter(observation -> observation.getValue() instanceof Quantity)
                .collect(Collectors.groupingBy(
                        observation ->
                                Compartment.plain(observation.getFocusFirstRep().getReference()),
                        HashMap::new,
                        Collectors.mapping(MarkedResults::reference, Collectors.toList())));
    }

    private static MarkedStudy.Reference reference(Observation observation) {
        return new MarkedStudy.Reference(
                observation.getMethod().getText(),
                observation.getValueQuantity().getValue().doubleValue(),
                arrived(observation));
    }

    /** Older Observations do not say it. */
    private static Optional<Instant> arrived(Observation observation) {
        return observation.getComponent().stream()
                .filter(component -> component.getCode().hasCoding(Systems.MEASUREMENT, SegmentationAgreement.ARRIVED))
                .filter(component -> component.getValue() instanceof DateTimeType time && time.hasValue())
                .map(component -> component.getValueDateTimeType().getValue().toInstant())
                .findFirst();
    }
}
