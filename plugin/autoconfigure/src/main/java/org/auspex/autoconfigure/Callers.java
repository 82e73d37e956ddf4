package org.auspex.autoconfigure;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** Remembers who calls a tool: the HTTP request that this thread answers. It changes nothing in it. */
final class Callers implements Filter {

    private final ThreadLocal<HttpServletRequest> request = new ThreadLocal<>();

    @Override
    public void doFilter(ServletRequest caller, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.set((HttpServletRequest) caller);
        try {
            chain.doFilter(caller, response);
        } finally {
            request.remove();
        }
    }

    Optional<HttpServletRequest> current() {
        return Optional.ofNullable(request.get());
    }
}
