package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"})
    void acceptsLoopback(String address) {
        assertThatCode(() -> start(Map.of("server.address", address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.20", "8.8.8.8"})
    void refusesAnyOtherAddressByName(String address) {
        assertThatThrownBy(() -> start(Map.of("server.address", address)))
                .isInstanceOfSatisfying(
                        ReachableFromOutside.class,
                        refusal -> assertThatCode(() -> {}).doesNotThrowAnyException())
                .hasMessageContaining("server.address")
                .hasMessageContaining(address);
    }

    @Test
    void refusesNoAddressBecauseThatIsEveryInterface() {
        assertThatThrownBy(() -> start(Map.of())).hasMessageContaining("every interface");
        assertThatThrownBy(() -> start(Map.of("server.address", " "))).hasMessageContaining("every interface");
    }

    private static void start(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new LoopbackOnly().postProcessEnvironment(environment, new SpringApplication());
    }
}
