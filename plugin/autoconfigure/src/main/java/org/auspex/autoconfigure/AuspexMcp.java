package org.auspex.autoconfigure;

import ca.uhn.fhir.rest.server.RestfulServer;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.auspex.operations.mcp.PredictTool;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** {@code $predict} among the starter's tools of the Model Context Protocol, where the operator has that switched on. */
@ConditionalOnClass(
        name = {
            AuspexMcp.BRIDGE,
            "io.modelcontextprotocol.server.McpServerFeatures",
            "org.springframework.mock.web.MockHttpServletRequest"
        })
@ConditionalOnProperty(name = "spring.ai.mcp.server.enabled", havingValue = "true")
@Import(AuspexMcp.Bridge.class)
class AuspexMcp {

    /** Whoever offers tools to the starter implements this; it has one method, which answers the list of them. */
    static final String BRIDGE = "ca.uhn.fhir.rest.server.McpBridge";

    private static final String CALLERS = "auspexMcpCallers";

    /** Last of the filters, so that it sees whom the others found the caller to be. */
    @Bean
    FilterRegistrationBean<Callers> auspexMcpCallers(
            AuspexSettings settings,
            @Value("${spring.ai.mcp.server.streamable-http.mcp-endpoint:/mcp}") String endpoint) {
        var registration = new FilterRegistrationBean<>(new Callers());
        registration.setName(CALLERS);
        registration.addUrlPatterns(endpoint);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        registration.setEnabled(settings.mcp().enabled());
        return registration;
    }

    /** The starter is in no public repository, so its interface is met by name, and implemented when it is there. */
    static final class Bridge implements ImportBeanDefinitionRegistrar {

        private final BeanFactory beans;
        private final Class<?> type;

        Bridge(BeanFactory beans, ClassLoader classes) {
            this.beans = beans;
            this.type = ClassUtils.resolveClassName(BRIDGE, classes);
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            registry.registerBeanDefinition("auspexMcpBridge", definition(type).getBeanDefinition());
        }

        private <T> BeanDefinitionBuilder definition(Class<T> bridge) {
            return BeanDefinitionBuilder.genericBeanDefinition(
                    bridge,
                    () -> MethodHandleProxies.asInterfaceInstance(bridge, MethodHandles.constant(List.class, tools())));
        }

        private List<?> tools() {
            var callers = (Callers)
                    beans.getBean(CALLERS, FilterRegistrationBean.class).getFilter();
            var endpoint = new InnerRequests(beans.getBean(RestfulServer.class), callers);
            return beans.getBean(AuspexSettings.class).mcp().enabled()
                    ? List.of(new PredictTool(endpoint).specification())
                    : List.of();
        }
    }
}
