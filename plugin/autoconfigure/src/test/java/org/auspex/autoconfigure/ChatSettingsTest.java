package org.auspex.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ChatSettingsTest {

    private static final Map<String, String> LEAST =
            Map.of("auspex.chat.base-url", "http://localhost:8000/v1", "auspex.chat.model", "qwen");

    @Test
    void asksNobodyWhereNothingIsSet() {
        assertThat(chat(Map.of()).endpoint()).isEmpty();
    }

    @Test
    void hasFiniteDefaults() {
        var endpoint = chat(LEAST).endpoint().orElseThrow();

        assertThat(endpoint.limits().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(endpoint.limits().concurrency()).isEqualTo(4);
        assertThat(endpoint.limits().retries()).isEqualTo(2);
        assertThat(endpoint.generation().maxTokens()).isEqualTo(2048);
        assertThat(endpoint.generation().temperature()).isZero();
        assertThat(endpoint.generation().seed()).isEmpty();
        assertThat(endpoint.apiKey()).isEqualTo(Optional.empty());
        assertThat(chat(LEAST).entailment()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, PT0S",
        "timeout, PT2H",
        "concurrency, 0",
        "retries, 11",
        "max-tokens, 0",
        "temperature, 3",
        "base-url, nowhere"
    })
    void refusesWhatIsOutOfItsLimits(String name, String value) {
        var settings = new HashMap<>(LEAST);
        settings.put("auspex.chat." + name, value);

        assertThatThrownBy(() -> chat(settings).endpoint()).hasMessageContaining("auspex.chat." + name);
    }

    @Test
    void refusesHalfOfAnEndpoint() {
        assertThatThrownBy(() -> chat(Map.of("auspex.chat.model", "qwen")).endpoint())
                .hasMessageContaining("auspex.chat.base-url");
        assertThatThrownBy(() -> chat(Map.of("auspex.chat.base-url", "http://localhost:8000/v1"))
                        .endpoint())
                .hasMessageContaining("auspex.chat.model");
    }

    @Test
    void refusesUnknownNames() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("auspex.chat.base-uri", "http://localhost:8000/v1")));

        assertThatThrownBy(() -> UnknownSettings.refuse(environment))
                .hasMessageContaining("'auspex.chat.base-uri' (did you mean 'auspex.chat.base-url'?)");
    }

    @Test
    void printsNoKey() {
        var settings = new HashMap<>(LEAST);
        settings.put("auspex.chat.api-key", "hidden");

        assertThat(chat(settings).toString()).doesNotContain("hidden");
    }

    private static ChatSettings chat(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("auspex.chat", ChatSettings.class);
    }
}
