package org.auspex.endpoints.dicomweb;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is answered. All that can be refused is, before the first byte is sent. */
@FunctionalInterface
interface Reply {

    void send(HttpServletResponse response) throws IOException;

    static Reply text(int status, String text) {
        return response -> {
            response.setStatus(status);
            response.setContentType("text/plain;charset=utf-8");
            if (status == 503) {
                response.setHeader("Retry-After", "5");
            }
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        };
    }
}
