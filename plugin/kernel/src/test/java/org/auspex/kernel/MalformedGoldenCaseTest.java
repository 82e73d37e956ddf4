package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedGoldenCaseTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\": {\"resourceType\": \"Patient\"}, \"asOf\": \"2026-01-01T00:00:00Z\"}",
                "{\"data\": {\"resourceType\": \"Bundle\", \"entry\": [{\"resource\": {\"resourceType\": \"Patient\"}}]}, \"asOf\": \"yesterday\"}",
                "{\"data\": 5}"
            })
    void anUnreadableGoldenCaseKeepsOutNobodyButItsModel(String text) throws IOException {
        TorchModel.write(root, "good", "mean.pt");
        golden(TorchModel.write(root, "odd", "mean.pt"), "01.json", text);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.active()).extracting(card -> card.id().name()).containsExactly("good");
            assertThat(models.refused()).containsOnlyKeys("odd|1.0.0");
        }
    }

    private static void golden(Path folder, String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("golden")).resolve(name), text);
    }
}
