package org.auspex.operations.job;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Map;

/** The job that a request is about, {@code ?job=ID}. */
public record JobId(String value) {

    /**
     * Reads it.
     *
     * @param status the operation, for messages
     * @throws InvalidRequestException if none is named, or several are
     */
    public static JobId of(Map<String, String[]> parameters, String status) {
        var values = parameters.get("job");
        if (values == null || values.length != 1) {
            throw new InvalidRequestException("Name one job, as in %s?job=ID".formatted(status));
        }
        return new JobId(values[0]);
    }

    public ResourceNotFoundException absent() {
        return new ResourceNotFoundException(
                "There is no job '%s'; it may have been cancelled".formatted(value.replaceAll("[^A-Za-z0-9-]", "_")));
    }
}
