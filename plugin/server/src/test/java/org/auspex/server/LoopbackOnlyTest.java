package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
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
        assertThatCode(() -> check(Map.of("server.address", address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.20", "8.8.8.8", "not a host"})
    void refusesEverythingElseAndNamesIt(String address) {
        assertThatThrownBy(() -> check(Map.of("server.address", address)))
                .hasMessageContaining("server.address is '" + address + "'")
                .isInstanceOfSatisfying(ReachableFromOutside.class, LoopbackOnlyTest::offersARemedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void refusesNoAddressSinceThatMeansEveryInterface(String address) {
        assertThatThrownBy(() -> check(Map.of("server.address", address))).hasMessageContaining("every interface");
        assertThatThrownBy(() -> check(Map.of())).hasMessageContaining("every interface");
    }

    @Test
    void refusesAManagementAddressOutsideLoopback() {
        assertThatThrownBy(() -> check(Map.of(
                        "server.address", "127.0.0.1",
                        "management.server.address", "0.0.0.0")))
                .hasMessageContaining("management.server.address is '0.0.0.0'");
    }

    @Test
    void refusesAManagementPortOfItsOwnWithoutAnAddress() {
        Map<String, Object> ownPort =
                Map.of("server.address", "127.0.0.1", "server.port", "8080", "management.server.port", "9090");

        assertThatThrownBy(() -> check(ownPort)).hasMessageContaining("management.server.address is not set");
    }

    @Test
    void acceptsAManagementPortOfItsOwnOnLoopback() {
        Map<String, Object> ownPort = Map.of(
                "server.address", "127.0.0.1",
                "server.port", "8080",
                "management.server.port", "9090",
                "management.server.address", "127.0.0.1");

        assertThatCode(() -> check(ownPort)).doesNotThrowAnyException();
    }

    private static void offersARemedy(ReachableFromOutside refusal) {
        assertThat(refusal.remedy()).contains("Set server.address to 127.0.0.1");
    }

    private static void check(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new LoopbackOnly().postProcessEnvironment(environment, new SpringApplication());
    }
}
