package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * How far what a model marked agrees with what a person marked in the same images.
 *
 * @param report {@code DiagnosticReport/1}, the model's result
 * @param study {@code ImagingStudy/1}
 * @param segmentation the person's
 * @param mark what both marked, in words
 * @param dice Dice's coefficient, 0 to 1
 */
public record SegmentationAgreement(
        ModelId model, String report, String study, Drawn segmentation, String mark, Pixels pixels, double dice) {

    private static final int DIGITS = 4;

    /** The code of the component that holds when a person's Segmentation came. */
    public static final String ARRIVED = "segmentation-arrived";

    /** A person's Segmentation, by its SOP Instance UID, and when it came; an archive elsewhere does not tell that. */
    public record Drawn(String uid, Optional<Instant> arrived) {}

    /** How many pixels both have, and how many each. */
    public record Pixels(long both, long model, long person) {}

    /** The same for the same two masks; hexadecimal digits. */
    public String identity() {
        return Sha256.of(String.join("\n", report, segmentation.uid(), mark));
    }

    /**
     * An Observation about the model's Device. It leads to the patient by references and says nothing about the patient itself. It is a
     * count by rule, of what a person and a model marked, so it does not bear the label of artificial intelligence.
     */
    public Observation observation(Instant now) {
        var observation = new Observation();
        observation.addIdentifier().setSystem(Systems.AGREEMENT).setValue(identity());
        observation.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:" + segmentation.uid());
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(
                concept("segmentation-agreement", "Dice's coefficient of a segmentation and its correction"));
        observation.setMethod(new CodeableConcept().setText(mark));
        observation.setSubject(new Reference("Device/" + ModelDevice.id(model)));
        observation.addFocus(new Reference(report));
        observation.addDerivedFrom(new Reference(study));
        observation.setEffective(Findings.time(now));
        observation.setIssued(Date.from(now));
        observation.setValue(number(BigDecimal.valueOf(dice).setScale(DIGITS, RoundingMode.HALF_UP), "1"));
        component(observation, "pixels-of-both", "Pixels that both marked", pixels.both());
        component(observation, "pixels-of-model", "Pixels that the model marked", pixels.model());
        component(observation, "pixels-of-person", "Pixels that the person marked", pixels.person());
        segmentation
                .arrived()
                .ifPresent(arrived -> observation
                        .addComponent()
                        .setCode(concept(ARRIVED, "When the person's segmentation came"))
                        .setValue(Findings.time(arrived)));
        return observation;
    }

    private static void component(Observation observation, String code, String display, long pixels) {
        observation
                .addComponent()
                .setCode(concept(code, display))
                .setValue(number(BigDecimal.valueOf(pixels), "{pixels}"));
    }

    private static CodeableConcept concept(String code, String display) {
        var concept = new CodeableConcept().setText(display);
        concept.addCoding().setSystem(Systems.MEASUREMENT).setCode(code).setDisplay(display);
        return concept;
    }

    private static Quantity number(BigDecimal value, String unit) {
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(unit);
    }
}
