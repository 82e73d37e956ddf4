package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * What was marked on the images of a study: a DiagnosticReport with its pictures, an Observation for each measurement, a
 * RiskAssessment for what is said about the study, and the objects that are kept in the archive.
 */
final class ImageFindings {

    private final ModelCard card;
    private final Evidence evidence;
    private final Identity identity;
    private final Instant now;

    ImageFindings(ModelCard card, Evidence evidence, Identity identity, Instant now) {
        this.card = card;
        this.evidence = evidence;
        this.identity = identity;
        this.now = now;
    }

    Said of(Outcome.Marked marked) {
        var sightings = new ArrayList<Sighting>();
        for (int i = 0; i < marked.markings().size(); i++) {
            var marking = marked.markings().get(i);
            sightings.add(marking.picture().sighting(marking, maker(i)));
        }
        var parts = new ArrayList<DomainResource>();
        sightings.forEach(sighting -> sighting.measures().forEach(measure -> parts.add(observation(measure))));
        var report = report(marked, sightings, List.copyOf(parts));
        if (!marked.chances().isEmpty()) {
            parts.add(new Findings(card).risk(evidence, marked, identity));
        }
        return new Said(report, parts, sightings);
    }

    private Maker maker(int picture) {
        return new Maker(
                card.id().name(),
                card.id().version(),
                card.about().title(),
                identity.hash() + "/" + picture,
                evidence.asOf());
    }

    private DiagnosticReport report(Outcome.Marked marked, List<Sighting> sightings, List<DomainResource> measured) {
        var report = new DiagnosticReport();
        report.setMeta(Findings.meta());
        report.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        report.addCategory()
                .addCoding()
                .setSystem(Systems.DIAGNOSTIC_SERVICE)
                .setCode("RAD")
                .setDisplay("Radiology");
        report.setCode(new CodeableConcept().setText(card.about().title()));
        report.getCode().addCoding().setSystem(Systems.MODEL).setCode(card.id().name());
        report.setSubject(new Reference(evidence.subject().patient()));
        if (evidence.subject().isStudy()) {
            report.addImagingStudy(new Reference(evidence.subject().reference()));
        }
        report.setEffective(Findings.time(evidence.asOf()));
        report.setIssued(Date.from(now));
        measured.forEach(observation -> report.addResult(new Reference(observation.getId())));
        report.setConclusion(conclusion(marked, sightings));
        sightings.forEach(sighting -> attach(report, sighting));
        return report;
    }

    private static void attach(DiagnosticReport report, Sighting sighting) {
        sighting.overlay().ifPresent(png -> picture(report, "What was marked", png));
        sighting.uncertainty().ifPresent(png -> picture(report, "Where the model is unsure", png));
        sighting.objects()
                .forEach(stored -> report.addPresentedForm()
                        .setContentType("application/dicom")
                        .setTitle(stored.title())
                        .setUrl(stored.url()));
    }

    private static void picture(DiagnosticReport report, String title, byte[] png) {
        report.addPresentedForm().setContentType("image/png").setTitle(title).setData(png);
    }

    /** What a reader needs first: what was found, how likely what is, and what it does not rest on. */
    private String conclusion(Outcome.Marked marked, List<Sighting> sightings) {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < sightings.size(); i++) {
            sentences.add(found(marked, sightings.get(i), i));
        }
        marked.chances()
                .forEach(chance -> sentences.add(
                        "%s: %s %%".formatted(chance.output().display(), Findings.percent(chance.probability()))));
        sentences.add("Marked by %s; %s".formatted(card.id(), read()));
        return String.join(". ", sentences) + ".";
    }

    /** Whether a report was read, and which words of it. */
    private String read() {
        var inputs = card.words().stream()
                .flatMap(words -> words.inputs().stream())
                .map(Input::name)
                .toList();
        var words = evidence.readings().stream()
                .filter(reading -> inputs.contains(reading.input()))
                .filter(reading -> reading.feature() instanceof Feature.Categorical)
                .map(reading ->
                        "%s: %s".formatted(reading.input(), ((Feature.Categorical) reading.feature()).category()))
                .collect(Collectors.joining(", "));
        return words.isEmpty()
                ? "from the images alone, no report was read"
                : "from the images and these words of a report: " + words;
    }

    private static String found(Outcome.Marked marked, Sighting sighting, int index) {
        var where = marked.markings().size() > 1
                ? marked.markings().get(index).picture().name() + ": "
                : "";
        if (sighting.measures().isEmpty()) {
            return where + "nothing was marked";
        }
        var measures = sighting.measures().stream()
                .map(measure -> "%s %s %s".formatted(measure.display(), rounded(measure.value()), measure.unit()))
                .collect(Collectors.joining(", "));
        return where + measures + (sighting.words().isEmpty() ? "" : "; " + String.join(", ", sighting.words()));
    }

    private Observation observation(Sighting.Measure measure) {
        var observation = new Observation();
        observation.setId("urn:uuid:" + name(measure));
        observation.setMeta(Findings.meta());
        observation.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        observation.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:" + measure.trackingUid());
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.setCode(new CodeableConcept().setText(measure.display()));
        observation
                .getCode()
                .addCoding()
                .setSystem(measure.concept().system())
                .setCode(measure.concept().code())
                .setDisplay(measure.display());
        observation.setSubject(new Reference(evidence.subject().patient()));
        observation.setEffective(Findings.time(evidence.asOf()));
        observation.setIssued(Date.from(now));
        observation.setDevice(ModelDevice.reference(card));
        observation.setValue(new Quantity()
                .setValue(rounded(measure.value()))
                .setUnit(measure.unit())
                .setSystem(Systems.UCUM)
                .setCode(measure.unit()));
        evidence.basis().stream()
                .filter(reference -> reference.startsWith("ImagingStudy/"))
                .forEach(reference -> observation.addDerivedFrom(new Reference(reference)));
        return observation;
    }

    /** By this the report refers to it until it has an id. */
    private UUID name(Sighting.Measure measure) {
        return Findings.uuid(
                identity.hash(), measure.trackingUid(), measure.concept().code());
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    }
}
