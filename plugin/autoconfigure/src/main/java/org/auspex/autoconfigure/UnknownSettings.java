package org.auspex.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses settings under {@code auspex.} that do not exist: a misspelt limit would otherwise be no limit. */
final class UnknownSettings {

    private static final String PREFIX = "auspex.";
    /** What lies below is named by models, and checked when they are loaded. */
    private static final String MODEL_SETTINGS = "auspex.models.settings.";

    private UnknownSettings() {}

    static void refuse(ConfigurableEnvironment environment) {
        var known = names(AuspexSettings.class, PREFIX);
        var problems = environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> !name.startsWith(MODEL_SETTINGS))
                .filter(name -> known.stream().noneMatch(setting -> same(setting, name)))
                .distinct()
                .map(name -> "'%s' (did you mean '%s'?)".formatted(name, nearest(name, known)))
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "Unknown settings: %s. Correct or remove them; docs/configuration.md lists all."
                            .formatted(String.join(", ", problems)));
        }
    }

    private static List<String> names(Class<?> settings, String prefix) {
        var names = new ArrayList<String>();
        for (RecordComponent component : settings.getRecordComponents()) {
            var name = prefix + kebab(component.getName());
            names.addAll(component.getType().isRecord() ? names(component.getType(), name + ".") : List.of(name));
        }
        return names;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Spring reads maxResources, max-resources and MAX_RESOURCES alike. */
    private static boolean same(String setting, String name) {
        return plain(setting).equals(plain(name));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String nearest(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        setting -> LevenshteinDistance.getDefaultInstance().apply(setting, name)))
                .orElse(PREFIX);
    }
}
