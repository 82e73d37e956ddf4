package org.auspex.autoconfigure;

import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import org.auspex.operations.mcp.FhirEndpoint;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Requests to the host's FHIR endpoint that come from within. They pass the host's interceptors as any other, and bear the
 * identity of the HTTP request that is under way: its headers, attributes, principal and address. Without one they are nobody's.
 */
record InnerRequests(RestfulServer server, Callers callers) implements FhirEndpoint {

    private static final String FHIR_JSON = "application/fhir+json";

    @Override
    public Answer post(String path, String json) {
        var base = base();
        var request = new MockHttpServletRequest(server.getServletContext(), "POST", contextPath() + base + path);
        request.setContextPath(contextPath());
        request.setServletPath(base);
        request.setPathInfo(path);
        callers.current().ifPresent(caller -> actFor(caller, request));
        request.setContentType(FHIR_JSON);
        request.addHeader("Accept", FHIR_JSON);
        request.setContent(json.getBytes(StandardCharsets.UTF_8));
        var response = new MockHttpServletResponse();
        try {
            server.service(request, response);
            return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException("The FHIR endpoint could not answer " + path, e);
        }
    }

    private String contextPath() {
        return Objects.requireNonNullElse(server.getServletContext().getContextPath(), "");
    }

    /** Where the endpoint lies within the host, such as {@code /fhir}. */
    private String base() {
        var registration = server.getServletContext()
                .getServletRegistration(server.getServletConfig().getServletName());
        return registration.getMappings().stream()
                .findFirst()
                .map(mapping -> mapping.replaceFirst("/\\*$", ""))
                .orElse("");
    }

    private static void actFor(HttpServletRequest caller, MockHttpServletRequest request) {
        request.setScheme(caller.getScheme());
        request.setSecure(caller.isSecure());
        request.setServerName(caller.getServerName());
        request.setServerPort(caller.getServerPort());
        request.setRemoteAddr(caller.getRemoteAddr());
        request.setRemoteUser(caller.getRemoteUser());
        request.setUserPrincipal(caller.getUserPrincipal());
        Collections.list(caller.getAttributeNames())
                .forEach(name -> request.setAttribute(name, caller.getAttribute(name)));
        Collections.list(caller.getHeaderNames()).stream()
                .filter(name -> !isAboutTheMessage(name.toLowerCase(Locale.ROOT)))
                .forEach(name ->
                        Collections.list(caller.getHeaders(name)).forEach(value -> request.addHeader(name, value)));
    }

    /** The caller's message is one of the Model Context Protocol, and has another body and answer. */
    private static boolean isAboutTheMessage(String header) {
        return header.startsWith("content-")
                || header.startsWith("accept")
                || header.startsWith("mcp-")
                || header.equals("transfer-encoding");
    }
}
