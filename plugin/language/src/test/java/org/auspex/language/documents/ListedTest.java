package org.auspex.language.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedTest {

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private Listed listed;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/notes/", exchange -> {
            var allowed = "Bearer 7".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = new byte[allowed ? 100 : 0];
            if (exchange.getRequestURI().getPath().endsWith("/moved")) {
                exchange.getResponseHeaders().add("Location", base() + "/notes/1");
                exchange.sendResponseHeaders(302, -1);
            } else if (!exchange.getRequestURI().getPath().endsWith("/silent")) {
                exchange.sendResponseHeaders(allowed ? 200 : 401, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
        });
        server.start();
        listed = new Listed(
                List.of(new Listed.Address(URI.create(base() + "/notes"), Optional.of("Bearer 7"))),
                new Fetching(Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesFromBeneathAListedAddressWithItsAuthorization() {
        assertThat(listed.at(base() + "/notes/1?version=2", 100)).hasSize(100);
    }

    @Test
    void takesNoMoreThanItMay() {
        assertThatThrownBy(() -> listed.at(base() + "/notes/1", 99))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s/notesandmore",
                "%s/notes/../other",
                "%s/notes/%%2e%%2e/other",
                "%s/notes/moved",
                "%s/notes/silent",
                "http://user@localhost/notes/1",
                "http://example.org/notes/1",
                "file:///etc/hosts",
                "Patient/1",
                "Binary/1",
                "not an address",
            })
    void refusesEverythingElse(String url) {
        assertThatThrownBy(() -> listed.at(url.formatted(base()), 100))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.OUT_OF_REACH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/", "http:///notes", "http://example.org/notes?x=1", "notes"})
    void listsAddressesOfHostsOnly(String base) {
        assertThatThrownBy(() -> new Listed.Address(URI.create(base), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(base);
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }
}
