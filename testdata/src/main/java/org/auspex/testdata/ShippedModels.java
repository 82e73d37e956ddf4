package org.auspex.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Lays the models of the jar out as folders, because that is what a model is. */
public final class ShippedModels {

    private ShippedModels() {}

    /** Makes {@code folder} hold exactly the models of the jar. */
    public static Path unpack(Path folder) throws IOException {
        var kept = new HashSet<Path>();
        var pattern = "classpath*:" + Shipped.MODELS + "**/*";
        for (var resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
            var url = resource.getURL().toString();
            if (!url.endsWith("/") && resource.isReadable()) {
                var name = url.substring(url.lastIndexOf(Shipped.MODELS) + Shipped.MODELS.length());
                kept.add(write(folder.resolve(name), resource));
            }
        }
        prune(folder, kept);
        return folder;
    }

    private static Path write(Path file, Resource resource) throws IOException {
        var content = resource.getContentAsByteArray();
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        return file;
    }

    private static void prune(Path folder, Set<Path> kept) throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
