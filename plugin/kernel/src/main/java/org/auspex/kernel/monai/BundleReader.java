package org.auspex.kernel.monai;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.images.Inference;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.SlidingWindow;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.model.Batching;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Rollout;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.model.Trigger;
import org.auspex.kernel.model.WeightsPolicy;

/**
 * Reads a MONAI bundle as the card of a network of images, or says everything about it that is not known here. The network comes from
 * {@code models/model.ts}, the steps from {@code configs/inference.json} (or {@code .yaml}), the rest from
 * {@code configs/metadata.json}.
 */
public final class BundleReader {

    private static final List<String> FILES =
            List.of("configs/inference.json", "configs/inference.yaml", "configs/inference.yml");
    private static final String VERSION = "[0-9]+\\.[0-9]+\\.[0-9]+";
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int LONGEST_NAME = 40;

    private final WeightsPolicy policy;

    /**
     * @param policy for the weights
     */
    public BundleReader(WeightsPolicy policy) {
        this.policy = policy;
    }

    /** Whether a folder is a bundle that has no card of ours. */
    public static boolean isBundle(Path folder) {
        return !Files.exists(folder.resolve(CardReader.CARD))
                && Metadata.FILES.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /** {@code name|version} of a bundle, as far as can be told: the folder's name in lower case with hyphens. */
    public static String named(Path folder) {
        var version = attempt(() -> Metadata.read(folder).version(), new ArrayList<>());
        return name(folder) + "|" + version.orElse("unknown");
    }

    private static String name(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        var last = String.valueOf(path.getFileName());
        var own = last.matches(VERSION) && path.getNameCount() > 1
                ? path.getName(path.getNameCount() - 2).toString()
                : last;
        return own.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a bundle.
     *
     * @throws CardRefused with everything that is not known, each with its place and the remedy
     */
    public ModelCard read(Path folder) throws CardRefused {
        var problems = new ArrayList<Problem>();
        var name = name(folder);
        if (!name.matches(NAME) || name.length() > LONGEST_NAME) {
            problems.add(new Problem(
                    0,
                    "the folder's name makes '%s'".formatted(name),
                    "name it with letters, digits and _, at most %d of them".formatted(LONGEST_NAME)));
        }
        var metadata = attempt(() -> Metadata.read(folder), problems);
        var pipeline = attempt(() -> Configuration.read(folder, FILES), problems)
                .flatMap(configuration -> pipeline(configuration, metadata, problems));
        var id = new ModelId(name, metadata.map(Metadata::version).orElse("0.0.0"));
        var weights = attempt(() -> new BundleWeights(folder, policy).of(id.toString()), problems);
        if (!problems.isEmpty()) {
            throw new CardRefused(folder, problems.stream().distinct().toList());
        }
        return card(id, metadata.orElseThrow(), pipeline.orElseThrow(), weights.orElseThrow(), folder);
    }

    private static <T> Optional<T> attempt(Supplier<T> reading, List<Problem> problems) {
        try {
            return Optional.of(reading.get());
        } catch (NotRead e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private static Optional<Pipeline> pipeline(
            Configuration configuration, Optional<Metadata> metadata, List<Problem> problems) {
        var image = metadata.map(found -> found.image().name()).orElse("image");
        var prediction = metadata.map(found -> found.prediction().name()).orElse("pred");
        var evaluator = attempt(() -> new Evaluator(configuration), problems);
        var before =
                attempt(() -> Component.of(configuration, Evaluator.needed(configuration, "preprocessing")), problems);
        var after = evaluator.flatMap(found -> attempt(found::postprocessing, problems));
        var inference = evaluator.flatMap(found -> attempt(found::inference, problems));
        var steps = new Transforms(image, Preprocessing::steps, problems).of(before.orElse(List.of()));
        var last = new Transforms(prediction, Postprocessing::steps, problems).of(after.orElse(List.of()));
        return inference.map(found -> new Pipeline(steps, found, last));
    }

    private static ModelCard card(
            ModelId id, Metadata metadata, Pipeline pipeline, EngineSpec.Weights weights, Path folder) {
        var rows = pipeline.inference() instanceof SlidingWindow window ? window.batch() : 1;
        var batching = new Batching(rows, java.time.Duration.ZERO, Optional.empty(), Optional.empty(), 1);
        return new ModelCard(
                id,
                metadata.about(),
                "Patient",
                new Requirements(Optional.empty(), List.of()),
                new EngineSpec(EngineSpec.Kind.PYTORCH, Optional.of(weights), Optional.empty(), batching),
                Optional.of(signature(metadata, pipeline)),
                Optional.of(pipeline),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Trigger.NEVER,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Rollout.ACTIVE,
                folder);
    }

    private static Signature signature(Metadata metadata, Pipeline pipeline) {
        var voxels = voxels(metadata.image().voxels().size(), pipeline.before(), pipeline.inference());
        var answered = metadata.prediction().voxels().isEmpty() ? List.<Long>of() : voxels;
        return new Signature(List.of(spec(metadata.image(), voxels)), List.of(spec(metadata.prediction(), answered)));
    }

    private static TensorSpec spec(Metadata.Port port, List<Long> voxels) {
        var shape = Stream.concat(Stream.of(TensorSpec.ANY, port.channels()), voxels.stream())
                .toList();
        return new TensorSpec(port.name(), Datatype.FP32, shape);
    }

    /** What the network is shown, as far as the steps tell. */
    private static List<Long> voxels(int rank, List<Step> before, Inference inference) {
        var open = Stream.generate(() -> TensorSpec.ANY).limit(rank).toList();
        if (inference instanceof SlidingWindow window) {
            var sizes = new ArrayList<>(window.size());
            window.slice().ifPresent(axis -> sizes.remove(axis));
            var one = sizes.size() == 1 ? sizes.get(0) : 0;
            return sizes.size() == rank || one != 0
                    ? Stream.iterate(0, i -> i + 1)
                            .limit(rank)
                            .map(i -> (long) sizes.get(sizes.size() == 1 ? 0 : i))
                            .map(size -> size > 0 ? size : TensorSpec.ANY)
                            .toList()
                    : open;
        }
        return before.stream()
                .filter(step -> step instanceof Resize resize
                        && !resize.longest()
                        && resize.size().size() == rank)
                .map(step -> ((Resize) step)
                        .size().stream()
                                .map(size -> size > 0 ? (long) size : TensorSpec.ANY)
                                .toList())
                .reduce((earlier, later) -> later)
                .orElse(open);
    }
}
