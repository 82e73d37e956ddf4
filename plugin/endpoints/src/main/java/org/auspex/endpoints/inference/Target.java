package org.auspex.endpoints.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a path below {@code /v2} means: {@code models/NAME[/versions/VERSION][/ACTION]}.
 *
 * @param action {@code infer}, {@code ready}, {@code stats}, or empty for the metadata
 */
record Target(String model, Optional<String> version, String action) {

    /** Empty when the path is about no model. */
    static Optional<Target> of(List<String> path) {
        if (path.size() < 2 || !path.get(0).equals("models")) {
            return Optional.empty();
        }
        var versioned = path.size() > 3 && path.get(2).equals("versions");
        var rest = path.subList(versioned ? 4 : 2, path.size());
        return rest.size() > 1
                ? Optional.empty()
                : Optional.of(new Target(
                        path.get(1),
                        versioned ? Optional.of(path.get(3)) : Optional.empty(),
                        rest.isEmpty() ? "" : rest.get(0)));
    }

    /** The parts of a path, without empty ones. */
    static List<String> parts(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** As the kernel names a model. */
    String name() {
        return version.map(number -> model + "|" + number).orElse(model);
    }
}
