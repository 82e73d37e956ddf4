package org.auspex.kernel.findings;

import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * Who says a result.
 *
 * @param device a version of a model, as an AI-Device
 * @param card what people should know of it
 */
public record Author(Device device, DocumentReference card) {

    /** The same with resources of its own, which whoever stores them may change. */
    public Author copy() {
        return new Author(device.copy(), card.copy());
    }
}
