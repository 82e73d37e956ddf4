package org.auspex.kernel.findings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.auspex.kernel.model.Sha256;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Reference;

/**
 * A version of a model as the FHIR Device that performs its predictions, and its model card as a document. Their ids
 * follow from the version, so that anybody can refer to them without a search.
 */
public final class ModelDevice {

    private ModelDevice() {}

    public static String id(ModelId model) {
        return logicalId("auspex-" + model.name() + "-" + model.version());
    }

    public static String cardId(ModelId model) {
        return logicalId("auspex-card-" + model.name() + "-" + model.version());
    }

    static Reference reference(ModelCard card) {
        return reference(card.id(), card.about());
    }

    /** To the Device of a version. */
    public static Reference reference(ModelId model, ModelCard.About about) {
        return new Reference("Device/" + id(model)).setDisplay(about.title() + " " + model.version());
    }

    /** To the model card of a version. */
    public static Reference cardReference(ModelId model) {
        return new Reference("DocumentReference/" + cardId(model)).setDisplay("Model card of " + model);
    }

    /** Who says the results of a version that has no folder, and so no rollout. */
    public static Author author(ModelId model, ModelCard.About about, String card) {
        return new Author(device(model, about), document(model, about, card));
    }

    /** An AI-Device of HL7's AI Transparency on FHIR; how far the version is trusted is a property of it. */
    public static Device device(ModelCard card, Rollout rollout) {
        return device(card, rollout, Optional.empty());
    }

    /** The same with what the site has learnt about the version. */
    public static Device device(ModelCard card, Rollout rollout, Optional<ConformalCalibration> calibration) {
        var device = device(card.id(), card.about());
        device.setStatus(
                rollout.stage() == Rollout.Stage.RETIRED
                        ? Device.FHIRDeviceStatus.INACTIVE
                        : Device.FHIRDeviceStatus.ACTIVE);
        device.addProperty(rolledOut(rollout));
        calibration.map(ModelDevice::calibrated).ifPresent(device::addProperty);
        return device;
    }

    private static Device device(ModelId model, ModelCard.About about) {
        var device = new Device();
        device.setId(id(model));
        device.addIdentifier().setSystem(Systems.MODEL).setValue(model.toString());
        device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        device.setManufacturer("Auspex");
        device.addDeviceName().setName(about.title()).setType(Device.DeviceNameType.MODELNAME);
        device.setModelNumber(model.name());
        device.addVersion().setValue(model.version());
        device.getType()
                .setText("Artificial intelligence")
                .addCoding()
                .setSystem(Systems.AI_DEVICE_TYPE)
                .setCode(Systems.ARTIFICIAL_INTELLIGENCE);
        device.addNote().setText(about.intendedUse());
        return device;
    }

    private static Device.DevicePropertyComponent rolledOut(Rollout rollout) {
        var property = new Device.DevicePropertyComponent();
        property.getType().addCoding().setSystem(Systems.DEVICE_PROPERTY).setCode("rollout");
        property.addValueCode()
                .setText(rollout.toString())
                .addCoding()
                .setSystem(Systems.ROLLOUT)
                .setCode(rollout.stage().code());
        if (rollout.stage() == Rollout.Stage.CANARY) {
            property.addValueQuantity()
                    .setValue(rollout.percent())
                    .setUnit("%")
                    .setSystem(Systems.UCUM)
                    .setCode("%");
        }
        return property;
    }

    /** The level, and the share of people held out for whom it held. */
    private static Device.DevicePropertyComponent calibrated(ConformalCalibration calibration) {
        var property = new Device.DevicePropertyComponent();
        property.getType()
                .setText(String.format(
                        Locale.ROOT,
                        "Fitted %s on %d of %s; of %d held out %d were covered",
                        calibration.fitted().truncatedTo(ChronoUnit.SECONDS),
                        calibration.fittedOn(),
                        calibration.source(),
                        calibration.checkedOn(),
                        calibration.covered()))
                .addCoding()
                .setSystem(Systems.DEVICE_PROPERTY)
                .setCode("conformal-calibration");
        property.addValueQuantity()
                .setValue(BigDecimal.valueOf(100 * calibration.level()).setScale(1, RoundingMode.HALF_UP))
                .setUnit("%")
                .setSystem(Systems.UCUM)
                .setCode("%");
        property.addValueCode().setText(calibration.output());
        return property;
    }

    /** The model card for people, as markdown; the folder's README.md, or the intended use where there is none. */
    public static DocumentReference card(ModelCard card) {
        return document(card.id(), card.about(), text(card));
    }

    private static DocumentReference document(ModelId model, ModelCard.About about, String text) {
        var document = new DocumentReference();
        document.setId(cardId(model));
        document.addIdentifier().setSystem(Systems.MODEL).setValue(model.toString());
        document.setStatus(Enumerations.DocumentReferenceStatus.CURRENT);
        document.getType().setText("Model card");
        document.setDescription("Model card of " + model);
        document.addContent()
                .getAttachment()
                .setContentType("text/markdown; charset=utf-8")
                .setTitle(about.title())
                .setData(text.getBytes(StandardCharsets.UTF_8));
        return document;
    }

    private static String text(ModelCard card) {
        var readme = card.folder().resolve("README.md");
        try {
            return Files.isRegularFile(readme)
                    ? Files.readString(readme)
                    : "# " + card.about().title() + "\n\n" + card.about().intendedUse() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("The model card of %s cannot be read".formatted(card.id()), e);
        }
    }

    /** FHIR ids have at most 64 characters; a longer one is cut and made unique by a hash. */
    private static String logicalId(String text) {
        return text.length() <= 64
                ? text
                : text.substring(0, 51) + "-" + Sha256.of(text).substring(0, 12);
    }
}
