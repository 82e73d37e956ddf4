package org.auspex.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Until requests are authenticated, whoever reaches the port reads every patient. So the server binds to loopback or
 * does not start. Checked on the settings, before a database is opened or a socket bound.
 */
final class LoopbackOnly implements EnvironmentPostProcessor {

    private static final String ADDRESS = "server.address";
    private static final String PORT = "server.port";
    private static final String MANAGEMENT_ADDRESS = "management.server.address";
    private static final String MANAGEMENT_PORT = "management.server.port";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        requireLoopback(ADDRESS, environment.getProperty(ADDRESS));
        String managementAddress = environment.getProperty(MANAGEMENT_ADDRESS);
        if (StringUtils.hasText(managementAddress) || managementHasItsOwnPort(environment)) {
            requireLoopback(MANAGEMENT_ADDRESS, managementAddress);
        }
    }

    /** A management port of its own without an address binds every interface, whatever {@code server.address} says. */
    private static boolean managementHasItsOwnPort(ConfigurableEnvironment environment) {
        String port = environment.getProperty(MANAGEMENT_PORT);
        return StringUtils.hasText(port) && !port.equals(environment.getProperty(PORT));
    }

    private static void requireLoopback(String setting, @Nullable String address) {
        if (!StringUtils.hasText(address) || !isLoopback(address)) {
            throw new ReachableFromOutside(setting, address);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
