package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * What was said from a slide and values: a RiskAssessment with the probabilities and those of each survival curve, an Observation for
 * each expected time, and, if there was a slide, a DiagnosticReport with a picture of each on which the network looked.
 */
final class MultimodalFindings {

    private final ModelCard card;
    private final Evidence evidence;
    private final Identity identity;
    private final Instant now;

    MultimodalFindings(ModelCard card, Evidence evidence, Identity identity, Instant now) {
        this.card = card;
        this.evidence = evidence;
        this.identity = identity;
        this.now = now;
    }

    Said of(Multimodal said) {
        var times = times(said);
        var risk = new Findings(card).risk(evidence, said, identity);
        if (said.attention().isEmpty()) {
            return new Said(risk, List.copyOf(times), List.of());
        }
        var attention = said.attention().get();
        var sightings = attention.image().sightings(attention);
        var parts = new ArrayList<DomainResource>(times);
        parts.add(risk);
        return new Said(report(said, times, sightings), parts, List.of());
    }

    /** Each with an id by which the report refers to it until it is stored. */
    private List<Observation> times(Multimodal said) {
        var observations = new ArrayList<Observation>();
        for (var survival : said.survivals()) {
            var observation = new ResultObservation(card, evidence, identity, now).survival(survival);
            observation.getCode().setText(survival.output().display());
            observation.setId("urn:uuid:"
                    + Findings.uuid(identity.hash(), survival.output().name()));
            observations.add(observation);
        }
        return observations;
    }

    private DiagnosticReport report(Multimodal said, List<Observation> times, List<Sighting> sightings) {
        var report = new DiagnosticReport();
        report.setMeta(Findings.meta());
        report.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        report.addCategory()
                .addCoding()
                .setSystem(Systems.DIAGNOSTIC_SERVICE)
                .setCode("SP")
                .setDisplay("Surgical Pathology");
        report.setCode(new CodeableConcept().setText(card.about().title()));
        report.getCode().addCoding().setSystem(Systems.MODEL).setCode(card.id().name());
        report.setSubject(new Reference(evidence.subject().patient()));
        study().ifPresent(study -> report.addImagingStudy(new Reference(study)));
        report.setEffective(Findings.time(evidence.asOf()));
        report.setIssued(Date.from(now));
        times.forEach(observation -> report.addResult(new Reference(observation.getId())));
        report.setConclusion(conclusion(said, sightings));
        for (int i = 0; i < sightings.size(); i++) {
            var of = sightings.size() == 1 ? "" : ", slide %d of %d".formatted(i + 1, sightings.size());
            sightings
                    .get(i)
                    .overlay()
                    .ifPresent(png -> report.addPresentedForm()
                            .setContentType("image/png")
                            .setTitle("Where the network looked (attention)" + of)
                            .setData(png));
        }
        return report;
    }

    /** The study with the slides, whatever its version is by now; which version was read stands in the basis. */
    private Optional<String> study() {
        return evidence.basis().stream()
                .filter(reference -> reference.startsWith("ImagingStudy/"))
                .map(reference -> reference.replaceFirst("/_history/.*", ""))
                .findFirst();
    }

    private String conclusion(Multimodal said, List<Sighting> sightings) {
        var sentences = new ArrayList<String>();
        said.chances()
                .forEach(chance -> sentences.add(
                        "%s: %s %%".formatted(chance.output().display(), Findings.percent(chance.probability()))));
        said.survivals().forEach(survival -> sentences.add(new SurvivalFindings(survival).words()));
        sightings.forEach(sighting -> sentences.addAll(sighting.words()));
        sentences.add(new Rationale(card, evidence).inputs());
        sentences.add(card.about().intendedUse().replaceFirst("\\.$", ""));
        return String.join(". ", sentences) + ".";
    }
}
