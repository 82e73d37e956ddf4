package org.auspex.operations.evaluate;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;

/** An appraisal as resources: the Measure that says what was measured, the MeasureReport with the figures, the page as a document. */
final class EvaluationResources {

    private final ModelCard card;
    private final Whom whom;
    private final String words;
    private final Clock clock;

    /**
     * @param words how it was judged on whom, as a person reads it
     */
    EvaluationResources(ModelCard card, Whom whom, String words, Clock clock) {
        this.card = card;
        this.whom = whom;
        this.words = words;
        this.clock = clock;
    }

    private String id() {
        return "auspex-evaluation-" + ModelDevice.id(card.id()).substring("auspex-".length());
    }

    private String url() {
        return Systems.AUSPEX + "/Measure/" + id();
    }

    Measure measure() {
        var measure = new Measure();
        measure.setId(id());
        measure.setUrl(url());
        measure.setName(id().replace('-', '_').replace('.', '_'));
        measure.setTitle("What %s is worth".formatted(card.id()));
        measure.setStatus(Enumerations.PublicationStatus.ACTIVE);
        measure.setDescription(
                "Figures that compare what %s foresaw with what happened, as $evaluate takes them; the groups of a report"
                                .formatted(card.id())
                        + " name them.");
        measure.getScoring()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/measure-scoring")
                .setCode("continuous-variable");
        return measure;
    }

    /** @param start of the follow-up; empty if each has its own */
    MeasureReport report(List<MeasureReport.MeasureReportGroupComponent> groups, Optional<Instant> start) {
        var report = new MeasureReport();
        report.setStatus(MeasureReport.MeasureReportStatus.COMPLETE);
        report.setType(MeasureReport.MeasureReportType.SUMMARY);
        report.setMeasure(url());
        report.setDate(Date.from(clock.instant()));
        report.getPeriod().setEnd(Date.from(clock.instant()));
        start.map(Date::from).ifPresent(report.getPeriod()::setStart);
        whom.group().ifPresent(group -> report.setSubject(new Reference(group)));
        report.addExtension(
                Systems.AUSPEX + "/StructureDefinition/evaluated-model",
                new Reference("Device/" + ModelDevice.id(card.id())));
        groups.forEach(report::addGroup);
        return report;
    }

    /** @param html takes how it was made, and when */
    DocumentReference page(BinaryOperator<String> html) {
        var when = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var document = new DocumentReference();
        document.setStatus(Enumerations.DocumentReferenceStatus.CURRENT);
        document.setDate(Date.from(when));
        document.setDescription("Evaluation of %s".formatted(card.id()));
        document.addContent()
                .getAttachment()
                .setContentType("text/html; charset=utf-8")
                .setTitle("Evaluation of %s".formatted(card.id()))
                .setData(html.apply(made(), when.toString()).getBytes(StandardCharsets.UTF_8));
        document.getContext().addRelated(new Reference("Device/" + ModelDevice.id(card.id())));
        return document;
    }

    private String made() {
        return "POST [base]/Device/%s/$evaluate: %s".formatted(ModelDevice.id(card.id()), words);
    }
}
