package org.auspex.kernel.monai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.model.WeightsPolicy;

/**
 * The network of a bundle, {@code models/model.ts}, with the hash that holds it. A bundle has no card to name a hash, so it
 * stands beside the file, or in {@code large_files.yml} if that gives a SHA-256.
 */
final class BundleWeights {

    static final String FILE = "models/model.ts";

    private static final List<String> LISTS = List.of("large_files.yml", "large_files.yaml");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final WeightsPolicy policy;

    BundleWeights(Path folder, WeightsPolicy policy) {
        this.folder = folder;
        this.policy = policy;
    }

    /**
     * The weights, if their hash is named and right.
     *
     * @param model {@code name|version}
     * @throws NotRead if not, with the remedy
     */
    EngineSpec.Weights of(String model) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new NotRead(new Problem(0, "there is no " + FILE + instead(), remedy()));
        }
        try {
            policy.problem(file, true).ifPresent(problem -> {
                throw new NotRead(problem);
            });
            var found = Sha256.of(file);
            var named = named().or(() -> listed());
            if (named.isEmpty() && policy.seen().isPresent()) {
                var first = policy.seen().get();
                return matching(file, found, first.of(model, found), first.toString());
            }
            var hash = named.orElseThrow(() -> new NotRead(new Problem(
                    0,
                    "no SHA-256 is named for %s, which has %s".formatted(FILE, found),
                    "if you trust the file: cd %s && sha256sum model.ts > model.ts.sha256"
                            .formatted(file.getParent()))));
            return matching(file, found, hash, "the bundle");
        } catch (IOException e) {
            throw new NotRead(
                    new Problem(0, "%s cannot be read (%s)".formatted(FILE, e.getMessage()), "check its permissions"));
        }
    }

    private String instead() {
        return Files.isRegularFile(folder.resolve("models/model.pt"))
                ? "; models/model.pt is a pickle, which can run any program when it is opened"
                : "";
    }

    private static String remedy() {
        return "export it: python -m monai.bundle ckpt_export network_def --filepath models/model.ts --ckpt_file models/model.pt"
                + " --meta_file configs/metadata.json --config_file configs/inference.json";
    }

    private static EngineSpec.Weights matching(Path file, String found, String wanted, String who) {
        if (!found.equals(wanted)) {
            throw new NotRead(new Problem(
                    0,
                    "%s has sha256 %s, %s says %s".formatted(FILE, found, who, wanted),
                    "restore the file, or if you trust it write its sha256"));
        }
        return new EngineSpec.Weights(file, found);
    }

    private Optional<String> named() throws IOException {
        var beside = folder.resolve(FILE + ".sha256");
        if (!Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        var text = Files.size(beside) < 1000 ? Files.readString(beside).strip() : "";
        var hash = text.split("\\s", 2)[0];
        if (!HASH.matcher(hash).matches()) {
            throw new NotRead(new Problem(
                    0,
                    "%s.sha256 begins with '%s'".formatted(FILE, Configuration.shortened(hash)),
                    "write what sha256sum model.ts prints"));
        }
        return Optional.of(hash);
    }

    private Optional<String> listed() {
        if (LISTS.stream().noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
            return Optional.empty();
        }
        for (var entry : Configuration.read(folder, LISTS).root().value().path("large_files")) {
            var hash = entry.path("hash_val").asText();
            if (entry.path("path").asText().equals(FILE)
                    && entry.path("hash_type").asText().equals("sha256")
                    && HASH.matcher(hash).matches()) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }
}
