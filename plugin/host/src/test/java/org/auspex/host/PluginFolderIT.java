package org.auspex.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder holds what the host lacks, all of it and nothing else. */
class PluginFolderIT {

    /** What Maven counts among our dependencies, and the host has under another name or nobody of ours calls. */
    private static final Set<String> NOT_NEEDED = Set.of(
            "commons-logging", // the host has jcl-over-slf4j, with the same classes
            "spring-jcl", // the same
            "jaxb-core", // in the host's older jaxb-runtime
            "javolution"); // of jscience, which is HAPI's and which the starter has without it

    @Test
    void holdsNothingThatTheHostHas() throws IOException {
        assertThat(folder()).doesNotContainAnyElementsOf(hostLibraries());
    }

    @Test
    void holdsEverythingElseThatWeNeed() throws IOException {
        var needed = names(Stream.of(Files.readString(path("auspex.plugin.classpath"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .map(Path::of));
        needed.add("auspex-autoconfigure");
        needed.removeAll(hostLibraries());
        needed.removeAll(NOT_NEEDED);

        assertThat(folder()).isEqualTo(needed);
    }

    @Test
    void theZipHoldsTheSame() throws IOException {
        try (var zip = new java.util.zip.ZipFile(
                RunningHost.FOLDER.resolveSibling("auspex-plugin.zip").toFile())) {
            assertThat(names(zip.stream().map(entry -> Path.of(entry.getName()))))
                    .isEqualTo(folder());
        }
    }

    private static Set<String> folder() throws IOException {
        try (var files = Files.list(RunningHost.FOLDER)) {
            return names(files);
        }
    }

    private static List<String> hostLibraries() throws IOException {
        return Files.readAllLines(path("auspex.host.libraries"));
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property, ""));
    }

    private static Set<String> names(Stream<Path> jars) {
        return jars.map(jar -> jar.getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.replaceFirst("(-\\d.*)?\\.jar$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
