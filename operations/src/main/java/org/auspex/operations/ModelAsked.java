package org.auspex.operations;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.auspex.kernel.Models;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.Rollouts;

/** Which version of a model an operation on a Device is about, and who asks. */
public final class ModelAsked {

    private ModelAsked() {}

    /**
     * The version that a Device stands for.
     *
     * @throws ResourceNotFoundException if none that serves
     */
    public static ModelCard card(String device, Models models) {
        return models.serving().stream()
                .filter(card -> ModelDevice.id(card.id()).equals(device))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("Device/%s is no model that serves here; there are %s"
                        .formatted(
                                device,
                                models.serving().stream()
                                        .map(card -> "Device/" + ModelDevice.id(card.id()))
                                        .toList())));
    }

    /** Who asks, for the audit. */
    public static Rollouts.By by(RequestDetails http, String reason) {
        var servlet = http instanceof ServletRequestDetails details
                ? Optional.ofNullable(details.getServletRequest())
                : Optional.<HttpServletRequest>empty();
        return new Rollouts.By(
                servlet.map(HttpServletRequest::getRemoteUser).orElse(""),
                servlet.map(HttpServletRequest::getRemoteAddr).orElse(""),
                reason);
    }
}
