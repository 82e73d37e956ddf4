package org.auspex.operations.mcp;

/** The FHIR endpoint of this server, asked from within. */
@FunctionalInterface
public interface FhirEndpoint {

    /**
     * Posts FHIR JSON in the name of whoever calls the tool.
     *
     * @param path from the base of the endpoint, such as {@code /Patient/1/$predict}
     */
    Answer post(String path, String json);

    /**
     * What the endpoint answered.
     *
     * @param status of HTTP
     * @param json a Bundle, or an OperationOutcome
     */
    record Answer(int status, String json) {}
}
