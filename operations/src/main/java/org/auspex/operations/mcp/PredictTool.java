package org.auspex.operations.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code $predict} as a tool. Its arguments are the parameters of the operation under the same names, and are checked there;
 * what the operation refuses, the tool answers as an error with the OperationOutcome.
 */
public final class PredictTool {

    private static final String TENANT = "tenant";
    private static final String SUBJECT = "subject";
    private static final String DATA = "data";
    private static final String STORED = "(Patient|Encounter|ImagingStudy|DocumentReference)/[A-Za-z0-9.-]{1,64}";
    private static final String NAME = "[A-Za-z0-9._-]{1,200}";

    /** Where in a Parameters resource the value of an argument stands. */
    private static final Map<String, String> VALUES = Map.of(
            "model",
            "valueString",
            SUBJECT,
            "valueReference",
            DATA,
            "resource",
            "asOf",
            "valueDateTime",
            "persist",
            "valueBoolean",
            "explain",
            "valueBoolean",
            "priority",
            "valueCode");

    private final FhirEndpoint endpoint;
    private final ObjectMapper json = new ObjectMapper();

    public PredictTool(FhirEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    public SyncToolSpecification specification() {
        return SyncToolSpecification.builder()
                .tool(tool())
                .callHandler((exchange, request) -> call(Objects.requireNonNullElse(request.arguments(), Map.of())))
                .build();
    }

    McpSchema.CallToolResult call(Map<String, Object> arguments) {
        var tenant = arguments.get(TENANT);
        if (tenant != null && !String.valueOf(tenant).matches(NAME)) {
            return refused(
                    "tenant '%s' is no name of a tenant; leave it out on a server without tenants".formatted(tenant));
        }
        var answer = endpoint.post((tenant == null ? "" : "/" + tenant) + path(arguments), parameters(arguments));
        return answer.status() == 200
                ? McpSchema.CallToolResult.builder()
                        .addTextContent(answer.json())
                        .isError(false)
                        .build()
                : refused("$predict answered %d: %s".formatted(answer.status(), answer.json()));
    }

    /** About one patient who is stored, the operation is asked on that patient, where a host's rules look for patients. */
    private static String path(Map<String, Object> arguments) {
        var subject = String.valueOf(arguments.get(SUBJECT));
        return !arguments.containsKey(DATA) && subject.matches(STORED) ? "/" + subject + "/$predict" : "/$predict";
    }

    private String parameters(Map<String, Object> arguments) {
        var parameters = new ArrayList<Map<String, Object>>();
        arguments.forEach((name, value) -> {
            if (!name.equals(TENANT) && value != null) {
                (value instanceof List<?> values ? values : List.of(value))
                        .forEach(each -> parameters.add(parameter(name, each)));
            }
        });
        try {
            return json.writeValueAsString(Map.of("resourceType", "Parameters", "parameter", parameters));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The arguments of a tool came as JSON and cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> parameter(String name, @Nullable Object value) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", name);
        var kind = VALUES.getOrDefault(name, "valueString");
        parameter.put(
                kind,
                switch (kind) {
                    case "valueReference" -> Map.of("reference", String.valueOf(value));
                    case "resource", "valueBoolean" -> value;
                    default -> String.valueOf(value);
                });
        return parameter;
    }

    private static McpSchema.CallToolResult refused(String why) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(why)
                .isError(true)
                .build();
    }

    private static McpSchema.Tool tool() {
        return McpSchema.Tool.builder()
                .name("predict")
                .title("Clinical prediction")
                .description(
                        "Asks the clinical models of this server about one patient and answers a FHIR Bundle: results"
                                + " (RiskAssessment, Observation) with Provenance, and a GuidanceResponse for each model that"
                                + " abstains because evidence is missing. Results are stored in the patient's record unless"
                                + " persist is false. Decision support, no diagnosis.")
                .inputSchema(new McpSchema.JsonSchema("object", properties(), List.of(), false, null, null))
                .annotations(new McpSchema.ToolAnnotations("Clinical prediction", false, false, true, false, null))
                .build();
    }

    private static Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put(
                SUBJECT,
                property(
                        "string",
                        "Whom it is about: Patient/ID, Encounter/ID, ImagingStudy/ID or DocumentReference/ID. Required without data."));
        properties.put(
                "model",
                Map.of(
                        "type",
                        "array",
                        "items",
                        Map.of("type", "string"),
                        "description",
                        "Names of models, such as news2, or name|version. None: all that fit the subject."));
        properties.put(DATA, property("object", "A FHIR R4 Bundle to use instead of the record. Nothing is stored."));
        properties.put("asOf", property("string", "A FHIR dateTime with zone: as the record was then. None: now."));
        properties.put("persist", property("boolean", "Whether results are stored; true if absent, without data."));
        properties.put("explain", property("boolean", "Whether to add each input's value and contribution."));
        properties.put("priority", property("string", "urgent or routine"));
        properties.put(TENANT, property("string", "The name of the tenant, on a server that has tenants."));
        return properties;
    }

    private static Map<String, Object> property(String type, String description) {
        return Map.of("type", type, "description", description);
    }
}
