package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {

    private static final ModelId OLD = new ModelId("many", "1.0.0");
    private static final ModelId NEW = new ModelId("many", "1.1.0");
    private static final List<Subject> THOUSAND = IntStream.range(0, 1000)
            .mapToObj(number -> Subject.patient("Patient/" + number))
            .toList();

    @TempDir
    private Path root;

    @Test
    void aShadowAnswersOnlyWhoNamesItsVersion() throws IOException {
        try (var models = models("1.0.0", "1.1.0 rollout: shadow")) {
            assertThat(models.resolve("many")).isEqualTo(OLD);
            assertThat(answering(models)).containsOnly(OLD);
            assertThat(models.resolve("many|1.1.0")).isEqualTo(NEW);
            assertThat(models.shadows("many")).containsExactly(NEW);
            assertThat(models.asked()).extracting(card -> card.id()).containsExactly(NEW, OLD);
        }
    }

    @Test
    void aCanaryAnswersForItsShareAndForTheSamePatientsWhenItGrows() throws IOException {
        try (var models = models("1.0.0", "1.1.0 rollout: {canary: 10}")) {
            var tenth = patientsOf(NEW, models);
            models.roll(Map.of(NEW, Rollout.canary(30)));
            var more = patientsOf(NEW, models);

            assertThat(tenth).hasSizeBetween(70, 130);
            assertThat(more).hasSizeBetween(250, 350).containsAll(tenth);
            assertThat(models.resolve("many")).isEqualTo(OLD);
        }
    }

    @Test
    void whatIsChosenOutweighsTheCard() throws IOException {
        try (var models = models("1.0.0", "1.1.0")) {
            assertThat(answering(models)).containsOnly(NEW);

            models.roll(Map.of(NEW, Rollout.RETIRED));
            assertThat(answering(models)).containsOnly(OLD);
            assertThat(models.resolve("many|1.1.0")).isEqualTo(NEW);

            models.roll(Map.of(NEW, Rollout.RETIRED, OLD, Rollout.RETIRED));
            assertThat(models.asked()).isEmpty();
            assertThatThrownBy(() -> models.resolve("many", THOUSAND.get(0))).isInstanceOf(UnknownModel.class);
        }
    }

    @Test
    void twoCanariesShareTheirPatientsOut() throws IOException {
        try (var models = models("1.0.0", "1.1.0 rollout: {canary: 20}", "1.2.0 rollout: {canary: 20}")) {
            var counts =
                    answering(models).stream().collect(Collectors.groupingBy(ModelId::version, Collectors.counting()));

            assertThat(counts.get("1.0.0")).isBetween(550L, 650L);
            assertThat(counts.get("1.1.0")).isBetween(150L, 250L);
            assertThat(counts.get("1.2.0")).isBetween(150L, 250L);
        }
    }

    @ParameterizedTest
    @CsvSource({"rollout: {canary: 0}", "rollout: {canary: 101}", "rollout: maybe", "rollout: {shadow: true}"})
    void aCardWithNoSuchRolloutIsRefused(String line) throws IOException {
        try (var models = models("1.0.0 " + line)) {
            assertThat(models.refused().get("many|1.0.0"))
                    .hasMessageContaining("active, shadow, retired, or {canary: 10}");
        }
    }

    private static List<ModelId> answering(Models models) {
        return THOUSAND.stream().map(subject -> models.resolve("many", subject)).toList();
    }

    private static List<Subject> patientsOf(ModelId version, Models models) {
        return THOUSAND.stream()
                .filter(subject -> models.resolve("many", subject).equals(version))
                .toList();
    }

    /** A model of these versions, each with more lines of its card. */
    private Models models(String... versions) throws IOException {
        for (var version : Arrays.asList(versions)) {
            var words = version.split(" ", 2);
            var folder = Files.createDirectories(root.resolve("many").resolve(words[0]));
            TorchModel.writeInto(folder, "many", words[0], "mean.pt");
            if (words.length > 1) {
                var card = folder.resolve("model.yaml");
                Files.writeString(card, Files.readString(card) + words[1] + "\n");
            }
        }
        return Kernel.loader().loadAll(List.of(root));
    }
}
