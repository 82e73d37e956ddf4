package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auspex.kernel.model.CardRefused;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of MONAI, dropped as they are. Their golden cases come from the independent computation of {@code images/make.py}. */
class BundleTest {

    private static final Path BUNDLES = Path.of("src/test/resources/monai");

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"tiny_ct_segmentation", "tiny_slices", "tiny_classification"})
    void servesABundleWhoseGoldenCaseItMeets(String name) throws IOException {
        copy(name);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused().values())
                    .extracting(CardRefused::getMessage)
                    .isEmpty();
            assertThat(models.serving())
                    .extracting(card -> card.id().toString())
                    .containsExactly(name.replace('_', '-') + "|0.1.0");
        }
    }

    private Path copy(String name) throws IOException {
        var from = BUNDLES.resolve(name);
        var to = root.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.sorted().toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
