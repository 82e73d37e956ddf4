package org.auspex.server;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code auspex.home} an absolute path before anybody reads it. H2 refuses a relative path without a leading
 * {@code ./}, and a message that names a folder should name one that the operator can find.
 */
final class AuspexHome implements EnvironmentPostProcessor {

    private static final String HOME = "auspex.home";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String home = environment.getProperty(HOME);
        if (home != null) {
            Path absolute = Path.of(home).toAbsolutePath().normalize();
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("absolute " + HOME, Map.of(HOME, absolute.toString())));
        }
    }
}
