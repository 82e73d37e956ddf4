package org.auspex.language.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static final Endpoint.Limits LIMITS = new Endpoint.Limits(Duration.ofMinutes(2), 4, 2);
    private static final Endpoint.Generation GENERATION = new Endpoint.Generation(2048, 0, Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000/v1", "ftp://host/v1", "/v1", "http:///v1"})
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> endpoint(url, "m", Optional.empty()))
                .hasMessageContaining("auspex.chat.base-url (or --base-url) is '%s'".formatted(url))
                .hasMessageContaining("http://localhost:8000/v1");
    }

    @Test
    void refusesPasswordsInTheAddressWithoutRepeatingThem() {
        assertThatThrownBy(() -> endpoint("http://me:hidden@host/v1", "m", Optional.empty()))
                .hasMessageContaining("auspex.chat.api-key")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void refusesKeysThatNoHeaderCanCarry(String key) {
        assertThatThrownBy(() -> endpoint("http://host/v1", "m", Optional.of(key)))
                .hasMessageContaining("auspex.chat.api-key");
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> endpoint("http://host/v1", " ", Optional.empty()))
                .hasMessageContaining("auspex.chat.model");
        assertThatThrownBy(() -> new Endpoint.Limits(Duration.ZERO, 1, 0)).hasMessageContaining("auspex.chat.timeout");
        assertThatThrownBy(() -> new Endpoint.Limits(Duration.ofHours(2), 1, 0)).hasMessageContaining("PT2H");
        assertThatThrownBy(() -> new Endpoint.Limits(Duration.ofSeconds(1), 0, 0))
                .hasMessageContaining("auspex.chat.concurrency (or --concurrency) is '0'");
        assertThatThrownBy(() -> new Endpoint.Limits(Duration.ofSeconds(1), 1, 11))
                .hasMessageContaining("auspex.chat.retries");
        assertThatThrownBy(() -> new Endpoint.Generation(0, 0, Optional.empty()))
                .hasMessageContaining("auspex.chat.max-tokens");
        assertThatThrownBy(() -> new Endpoint.Generation(1, Double.NaN, Optional.empty()))
                .hasMessageContaining("auspex.chat.temperature");
    }

    private static Endpoint endpoint(String url, String model, Optional<String> key) {
        return new Endpoint(URI.create(url), model, key, LIMITS, GENERATION);
    }
}
