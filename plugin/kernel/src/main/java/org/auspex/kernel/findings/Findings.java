package org.auspex.kernel.findings;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Differential;
import org.auspex.kernel.outcome.Label;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.Ranking;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;

/** Writes an outcome down in FHIR, as docs/operations/predict.md describes it. */
public final class Findings {

    private final ModelCard card;
    private final Optional<ConformalCalibration> calibration;

    public Findings(ModelCard card) {
        this(card, Optional.empty());
    }

    /** @param calibration what the site has learnt about the version, and fits it */
    public Findings(ModelCard card, Optional<ConformalCalibration> calibration) {
        this.card = card;
        this.calibration = calibration;
    }

    /**
     * The resources of one outcome.
     *
     * @param outcome no abstention: that leaves nothing in the record
     * @param now when it is written
     */
    public Finding of(Evidence evidence, Outcome outcome, Instant now) {
        var identity = Identity.of(card.id(), evidence);
        var pictured = outcome instanceof Outcome.Marked;
        return new Finding(
                identity,
                card.id(),
                evidence.subject(),
                evidence.asOf(),
                evidence.pieces(),
                pictured,
                () -> said(evidence, outcome, identity, now),
                provenance(evidence, outcome, now));
    }

    private Provenance provenance(Evidence evidence, Outcome outcome, Instant now) {
        var provenance = new ResultProvenance(ModelDevice.reference(card), ModelDevice.cardReference(card.id()))
                .of(evidence.basis(), evidence.asOf(), now);
        if (outcome instanceof Differential differential) {
            DifferentialFindings.trace(differential, provenance);
        }
        return provenance;
    }

    private Said said(Evidence evidence, Outcome outcome, Identity identity, Instant now) {
        if (outcome instanceof Outcome.Marked marked) {
            return new ImageFindings(card, evidence, identity, now).of(marked);
        }
        if (outcome instanceof Outcome.Noted noted) {
            return new NoteFindings(card, evidence.subject(), identity, now).of(noted);
        }
        if (outcome instanceof Multimodal multimodal) {
            return new MultimodalFindings(card, evidence, identity, now).of(multimodal);
        }
        var parts = outcome instanceof Outcome.Issues issues
                ? new IssueFindings(card, evidence, identity).of(issues)
                : new ResultObservation(card, evidence, identity, now).of(outcome);
        var risk = risk(evidence, outcome, identity);
        TimeToWarning.of(card, evidence, outcome, now).ifPresent(risk::addExtension);
        var followUp = new FollowUpFindings(card, evidence, identity, now);
        var steps = followUp.steps(outcome);
        if (steps.isEmpty()) {
            return new Said(risk, parts, List.of());
        }
        risk.setMitigation(followUp.words(steps));
        return new Said(
                risk,
                Stream.concat(parts.stream(), followUp.tasks(steps).stream()).toList(),
                List.of());
    }

    RiskAssessment risk(Evidence evidence, Outcome outcome, Identity identity) {
        var risk = new RiskAssessment();
        risk.setMeta(meta());
        risk.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        risk.setStatus(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        risk.setMethod(new CodeableConcept()
                .setText(card.about().title() + " " + card.id().version()));
        risk.getMethod().addCoding().setSystem(Systems.MODEL).setCode(card.id().toString());
        risk.setCode(new CodeableConcept().setText(card.about().title()));
        risk.getCode().addCoding().setSystem(Systems.MODEL).setCode(card.id().name());
        risk.setSubject(new Reference(evidence.subject().patient()));
        if (evidence.subject().isEncounter()) {
            risk.setEncounter(new Reference(evidence.subject().reference()));
        }
        risk.setOccurrence(time(evidence.asOf()));
        risk.setPerformer(ModelDevice.reference(card));
        evidence.basis().forEach(reference -> risk.addBasis(new Reference(reference)));
        predictions(evidence, outcome).forEach(risk::addPrediction);
        var first = risk.getPredictionFirstRep();
        if (!first.hasRationale()) {
            first.setRationale(new Rationale(card, evidence).of(outcome));
        }
        var certainty = Certainty.of(card, evidence.features(), calibration, outcome);
        certainty.write(risk);
        first.setRationale(first.getRationale() + certainty.words());
        return risk;
    }

    /** One for each output that could be computed, horizon or choice. */
    private List<RiskAssessment.RiskAssessmentPredictionComponent> predictions(Evidence evidence, Outcome outcome) {
        if (outcome instanceof Outcome.Risk risk) {
            return risk.chances().stream().map(Findings::prediction).toList();
        }
        if (outcome instanceof Outcome.Marked marked) {
            return marked.chances().stream().map(Findings::prediction).toList();
        }
        if (outcome instanceof Multimodal multimodal) {
            return Stream.concat(
                            multimodal.chances().stream().map(Findings::prediction),
                            multimodal.survivals().stream()
                                    .flatMap(survival -> new SurvivalFindings(survival).predictions().stream()))
                    .toList();
        }
        if (outcome instanceof Outcome.Survival survival) {
            return new SurvivalFindings(survival).predictions();
        }
        if (outcome instanceof Ranking ranking) {
            return new RankingFindings(card.id(), evidence).of(ranking);
        }
        if (outcome instanceof Differential differential) {
            return new DifferentialFindings(card.id()).of(differential);
        }
        var prediction = predicted(card.output());
        if (outcome instanceof Outcome.Score score) {
            score.band().ifPresent(band -> prediction.setQualitativeRisk(qualitative(band.risk(), band.text())));
            score.probability()
                    .ifPresent(probability -> prediction.setProbability(new DecimalType(percent(probability))));
        } else if (outcome instanceof Outcome.Issues issues) {
            prediction.setQualitativeRisk(
                    qualitative(issues.risk().orElseThrow(), Optional.of(IssueFindings.words(issues))));
        } else if (outcome instanceof Outcome.Labelled labelled) {
            prediction.setQualitativeRisk(qualitative(labelled.label()));
        }
        return List.of(prediction);
    }

    private static RiskAssessment.RiskAssessmentPredictionComponent prediction(Outcome.Chance chance) {
        var prediction = predicted(chance.output());
        prediction.setProbability(new DecimalType(percent(chance.probability())));
        chance.band().ifPresent(band -> prediction.setQualitativeRisk(qualitative(band.risk(), band.text())));
        return prediction;
    }

    /** FHIR R4 gives probabilities in percent. */
    static BigDecimal percent(double probability) {
        return BigDecimal.valueOf(100 * probability).setScale(1, RoundingMode.HALF_UP);
    }

    static CodeableConcept qualitative(RiskWord risk, Optional<String> text) {
        var concept = new CodeableConcept().setText(text.orElse(risk.code()));
        concept.addCoding().setSystem(risk.system()).setCode(risk.code());
        return concept;
    }

    /** The label stands beside the word for its risk. */
    private static CodeableConcept qualitative(Label label) {
        var concept = qualitative(label.risk(), label.text().or(() -> Optional.of(label.name())));
        concept.addCoding().setSystem(Systems.LABEL).setCode(label.name());
        return concept;
    }

    static RiskAssessment.RiskAssessmentPredictionComponent predicted(Output output) {
        var prediction = new RiskAssessment.RiskAssessmentPredictionComponent();
        var concept = new CodeableConcept().setText(output.display());
        output.outcome()
                .ifPresent(code -> concept.addCoding().setSystem(code.system()).setCode(code.code()));
        prediction.setOutcome(concept);
        output.horizon().ifPresent(horizon -> prediction.setWhen(horizon(horizon)));
        return prediction;
    }

    /** From now to the end of a period, in its largest unit that is whole. */
    private static Range horizon(Period period) {
        var months = period.toTotalMonths();
        var range = new Range();
        if (period.getDays() > 0) {
            return range.setLow(duration(0, "d", "days")).setHigh(duration(period.getDays(), "d", "days"));
        }
        return months % 12 == 0
                ? range.setLow(duration(0, "a", "years")).setHigh(duration(months / 12, "a", "years"))
                : range.setLow(duration(0, "mo", "months")).setHigh(duration(months, "mo", "months"));
    }

    private static Quantity duration(long number, String code, String unit) {
        return new Quantity()
                .setValue(number)
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(code);
    }

    /** What names a part of a result until it has an id; the same words give the same. */
    static UUID uuid(String... words) {
        return UUID.nameUUIDFromBytes(
                String.join("|", words).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    static CodeableConcept inputCode(String name) {
        var concept = new CodeableConcept().setText(name);
        concept.addCoding().setSystem(Systems.INPUT).setCode(name);
        return concept;
    }

    static Quantity points(double points) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(points)
                        .stripTrailingZeros()
                        .setScale(points == Math.rint(points) ? 0 : 3, RoundingMode.HALF_UP))
                .setUnit("points")
                .setSystem(Systems.UCUM)
                .setCode("{score}");
    }

    /** The label of anything that artificial intelligence asserted. */
    public static Meta meta() {
        var meta = new Meta();
        meta.addSecurity()
                .setSystem(Systems.OBSERVATION_VALUE)
                .setCode(Systems.AIAST)
                .setDisplay("Artificial Intelligence asserted");
        return meta;
    }

    static DateTimeType time(Instant instant) {
        return new DateTimeType(Date.from(instant), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
    }
}
