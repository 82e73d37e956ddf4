package org.auspex.autoconfigure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses settings under {@code auspex.} that do not exist: a misspelt limit would otherwise be no limit. */
final class UnknownSettings {

    private static final String PREFIX = "auspex.";
    /** Stands in a name for what the operator names, such as an archive. */
    private static final String ANY = "*";

    private UnknownSettings() {}

    static void refuse(ConfigurableEnvironment environment) {
        var known = names(AuspexSettings.class, PREFIX);
        var problems = environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(name -> name.startsWith(PREFIX))
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
            names.addAll(names(component.getGenericType(), prefix + kebab(component.getName())));
        }
        return names;
    }

    private static List<String> names(Type type, String name) {
        if (type instanceof Class<?> settings && settings.isRecord()) {
            return names(settings, name + ".");
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return names(generic.getActualTypeArguments()[1], name + "." + ANY);
        }
        return type instanceof ParameterizedType ? List.of(name, name + "." + ANY) : List.of(name);
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Spring reads maxResources, max-resources and MAX_RESOURCES alike, and names in brackets as if after a dot. */
    private static boolean same(String setting, String name) {
        var parts = plain(setting).split("\\" + ANY, -1);
        var pattern = Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".+"));
        return plain(name).matches(pattern);
    }

    private static String plain(String name) {
        return name.replace("[", ".")
                .replace("]", "")
                .replace("..", ".")
                .replace("-", "")
                .replace("_", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String nearest(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        setting -> LevenshteinDistance.getDefaultInstance().apply(setting, name)))
                .orElse(PREFIX);
    }
}
