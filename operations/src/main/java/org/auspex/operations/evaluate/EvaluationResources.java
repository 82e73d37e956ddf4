package org.auspex.operations.evaluate;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.page.AppraisalPage;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.Reports;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;

/** An appraisal as resources: the Measure that says what was measured, the MeasureReport with the figures, the page as a document. */
final class EvaluationResources {

    private final ModelCard card;
    private final EvaluateRequest request;
    private final Clock clock;

    EvaluationResources(ModelCard card, EvaluateRequest request, Clock clock) {
        this.card = card;
        this.request = request;
        this.clock = clock;
    }

    Reports.Kept keep(Appraisal appraisal, Reports reports) {
        var kept = reports.keep(card, measure(), report(appraisal), page(appraisal));
        // Limits that the people held out speak against are reported and not used.
        appraisal
                .conformal()
                .filter(conformed -> !conformed.fit().coversTooFew())
                .ifPresent(conformed -> reports.calibrate(card, conformed.calibration()));
        return kept;
    }

    private String id() {
        return "auspex-evaluation-" + ModelDevice.id(card.id()).substring("auspex-".length());
    }

    private String url() {
        return Systems.AUSPEX + "/Measure/" + id();
    }

    private Measure measure() {
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

    private MeasureReport report(Appraisal appraisal) {
        var report = new MeasureReport();
        report.setStatus(MeasureReport.MeasureReportStatus.COMPLETE);
        report.setType(MeasureReport.MeasureReportType.SUMMARY);
        report.setMeasure(url());
        report.setDate(Date.from(clock.instant()));
        report.getPeriod().setEnd(Date.from(clock.instant()));
        request.asOf().map(Date::from).ifPresent(report.getPeriod()::setStart);
        request.group().ifPresent(group -> report.setSubject(new Reference(group)));
        report.addExtension(
                Systems.AUSPEX + "/StructureDefinition/evaluated-model",
                new Reference("Device/" + ModelDevice.id(card.id())));
        new ReportGroups(appraisal).of().forEach(report::addGroup);
        return report;
    }

    private DocumentReference page(Appraisal appraisal) {
        var when = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var html = new AppraisalPage(appraisal, made(), when.toString()).html();
        var document = new DocumentReference();
        document.setStatus(Enumerations.DocumentReferenceStatus.CURRENT);
        document.setDate(Date.from(when));
        document.setDescription("Evaluation of %s".formatted(card.id()));
        document.addContent()
                .getAttachment()
                .setContentType("text/html; charset=utf-8")
                .setTitle("Evaluation of %s".formatted(card.id()))
                .setData(html.getBytes(StandardCharsets.UTF_8));
        document.getContext().addRelated(new Reference("Device/" + ModelDevice.id(card.id())));
        return document;
    }

    private String made() {
        return "POST [base]/Device/%s/$evaluate: cohort %s; predicted %s; outcome %s within %s"
                .formatted(
                        ModelDevice.id(card.id()),
                        request.group().or(request::query).orElseThrow(),
                        request.asOf()
                                .map(time -> "as of " + time)
                                .orElseGet(
                                        () -> "at the first " + request.index().orElseThrow()),
                        request.outcome(),
                        request.window());
    }
}
