package org.auspex.operations.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class PredictToolTest {

    private final List<String> paths = new ArrayList<>();
    private final List<Parameters> bodies = new ArrayList<>();
    private FhirEndpoint.Answer answer = new FhirEndpoint.Answer(200, "{\"resourceType\":\"Bundle\"}");
    private final PredictTool tool = new PredictTool((path, json) -> {
        paths.add(path);
        bodies.add((Parameters) FhirContext.forR4Cached().newJsonParser().parseResource(json));
        return answer;
    });

    @Test
    void offersEveryParameterOfTheOperation() {
        var offered = tool.specification().tool();

        assertThat(offered.name()).isEqualTo("predict");
        assertThat(offered.inputSchema().properties())
                .containsOnlyKeys("subject", "model", "data", "asOf", "persist", "explain", "priority", "tenant");
    }

    @Test
    void asksOnThePatientWithTheArgumentsAsParameters() {
        var result = tool.call(Map.of(
                "subject",
                "Patient/1",
                "model",
                List.of("news2", "heart|1.0.0"),
                "asOf",
                "2026-01-15T12:00:00Z",
                "persist",
                false));

        assertThat(paths).containsExactly("/Patient/1/$predict");
        var body = bodies.get(0);
        assertThat(body.getParameters("model"))
                .extracting(parameter -> parameter.getValue().primitiveValue())
                .containsExactly("news2", "heart|1.0.0");
        assertThat(((Reference) body.getParameterValue("subject")).getReference())
                .isEqualTo("Patient/1");
        assertThat(((DateTimeType) body.getParameterValue("asOf")).getValueAsString())
                .isEqualTo("2026-01-15T12:00:00Z");
        assertThat(((BooleanType) body.getParameterValue("persist")).booleanValue())
                .isFalse();
        assertThat(result.isError()).isFalse();
        assertThat(text(result)).isEqualTo("{\"resourceType\":\"Bundle\"}");
    }

    @Test
    void asksOnTheServerWithDataOrWithoutASubjectThatCouldBeStored() {
        tool.call(Map.of("subject", "Patient/1", "data", Map.of("resourceType", "Bundle", "type", "collection")));
        tool.call(Map.of("subject", "Patient/../Device"));
        tool.call(Map.of());

        assertThat(paths).containsExactly("/$predict", "/$predict", "/$predict");
        assertThat(bodies.get(0).getParameter("data").getResource()).isInstanceOf(Bundle.class);
        assertThat(bodies.get(1).getParameters("subject")).hasSize(1);
    }

    @Test
    void passesOnWhatItDoesNotKnowSoThatTheOperationNamesIt() {
        var arguments = new HashMap<String, Object>(Map.of("modle", "news2", "tenant", "NORTH"));
        arguments.put("persist", null);
        arguments.put("model", Arrays.asList("news2", 2));

        tool.call(arguments);

        assertThat(paths).containsExactly("/NORTH/$predict");
        assertThat(bodies.get(0).getParameter())
                .extracting(parameter -> parameter.getName())
                .containsExactlyInAnyOrder("modle", "model", "model");
    }

    @Test
    void answersARefusalAsAnErrorWithItsReason() {
        answer = new FhirEndpoint.Answer(404, "Patient/1 is not on this server");

        var result = tool.call(Map.of("subject", "Patient/1"));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).isEqualTo("$predict answered 404: Patient/1 is not on this server");
    }

    @Test
    void refusesATenantThatIsAPath() {
        var result = tool.call(Map.of("subject", "Patient/1", "tenant", "NORTH/Patient/2"));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("NORTH/Patient/2", "leave it out");
        assertThat(paths).isEmpty();
    }

    private static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }
}
