package org.auspex.host;

import ca.uhn.fhir.rest.server.McpBridge;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.jackson.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** As the starter's McpServerConfig, with one tool of the host's own. */
@Configuration
@ConditionalOnProperty(name = "spring.ai.mcp.server.enabled", havingValue = "true")
@Import(McpServerStreamableHttpProperties.class)
class HostMcp {

    @Bean
    List<McpServerFeatures.SyncToolSpecification> syncServer(List<McpBridge> mcpBridges) {
        return mcpBridges.stream()
                .flatMap(bridge -> bridge.generateTools().stream())
                .toList();
    }

    @Bean
    McpBridge hostBridge() {
        var tool = McpSchema.Tool.builder()
                .name("host")
                .description("Says that the host is there")
                .inputSchema(new McpSchema.JsonSchema("object", null, null, null, null, null))
                .build();
        return () -> List.of(McpServerFeatures.SyncToolSpecification.builder()
                .tool(tool)
                .callHandler((exchange, request) -> McpSchema.CallToolResult.builder()
                        .addTextContent("here")
                        .build())
                .build());
    }

    @Bean
    HttpServletStreamableServerTransportProvider servletSseServerTransportProvider(
            McpServerStreamableHttpProperties properties) {
        return HttpServletStreamableServerTransportProvider.builder()
                .disallowDelete(false)
                .mcpEndpoint(properties.getMcpEndpoint())
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .build();
    }

    @Bean
    ServletRegistrationBean<HttpServletStreamableServerTransportProvider> customServletBean(
            HttpServletStreamableServerTransportProvider transport, McpServerStreamableHttpProperties properties) {
        return new ServletRegistrationBean<>(transport, properties.getMcpEndpoint(), "/sse");
    }
}
