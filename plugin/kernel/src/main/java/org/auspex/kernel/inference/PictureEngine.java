package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/**
 * A network that marks things on the images of a study and says how likely others are. Each image goes its way by itself; what is
 * said about the study is the highest of what is said about its images.
 */
final class PictureEngine implements Engine {

    private final ModelCard card;
    private final TensorModel network;
    private final Pipeline pipeline;
    private final PictureInputs inputs;
    private final List<Output> drawn;

    /**
     * @param card with images and outputs
     */
    PictureEngine(ModelCard card, TensorModel network) {
        this.card = card;
        this.network = network;
        this.pipeline = card.images().orElseThrow();
        this.inputs = new PictureInputs(network.signature().inputs(), card.words());
        this.drawn = outputs(output -> output.kind() != Output.Kind.PROBABILITY);
    }

    private List<Output> outputs(Predicate<Output> which) {
        return card.outputs().stream().filter(which).toList();
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream().map(features -> outcome(features, priority)).toList();
    }

    private Outcome outcome(Features features, Priority priority) {
        var markings = features.pictures().stream()
                .map(picture -> marking(picture, features, priority))
                .toList();
        return new Outcome.Marked(
                markings,
                outputs(output -> output.kind() == Output.Kind.PROBABILITY).stream()
                        .map(output -> highest(output, markings))
                        .toList());
    }

    private static Outcome.Chance highest(Output output, List<Marking> markings) {
        var probability = markings.stream()
                .flatMap(marking -> marking.chances().stream())
                .filter(chance -> chance.name().equals(output.name()))
                .mapToDouble(Marking.Chance::probability)
                .max()
                .orElseThrow();
        return new Outcome.Chance(output, probability, output.band(100 * probability, 0, condition -> false));
    }

    private Marking marking(Picture picture, Features features, Priority priority) {
        var said = new HashMap<String, Tensor>();
        var image = image(picture);
        try {
            var maps = pipeline.run(image, batch -> answered(inputs.of(batch, features), priority, said));
            if (!maps.grid().shape().equals(image.grid().shape())) {
                throw new ImageRefused("the steps of the card leave %s voxels of an image of %s; end them with invert"
                        .formatted(maps.grid().shape(), image.grid().shape()));
            }
            return new Marking(picture, marks(maps), uncertainty(maps), chances(said));
        } catch (ImageRefused e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s, %s: %s".formatted(card.id(), picture.name(), e.getMessage()), e);
        }
    }

    private Volume image(Picture picture) {
        try {
            return picture.volume();
        } catch (ImageRefused e) {
            throw new ImageRefused("%s, %s: %s".formatted(card.id(), picture.name(), e.getMessage()));
        }
    }

    /** What the network draws, as the channels of one image; what it says about the whole is left in {@code said}. */
    private Batch answered(List<Tensor> given, Priority priority, Map<String, Tensor> said) {
        network.infer(given, priority, Optional.empty()).forEach(tensor -> said.put(tensor.name(), tensor));
        var maps = drawn.stream().map(output -> said(output, said)).toList();
        var shape = new ArrayList<>(
                given.get(0).shape().stream().map(Math::toIntExact).toList());
        shape.set(1, maps.size());
        var voxels = shape.stream().skip(2).reduce(1, Math::multiplyExact);
        var all = new float[shape.get(0) * maps.size() * voxels];
        for (int channel = 0; channel < maps.size(); channel++) {
            var numbers = maps.get(channel).data().asFloatBuffer();
            for (int image = 0; image < shape.get(0); image++) {
                numbers.get(image * voxels, all, (image * maps.size() + channel) * voxels, voxels);
            }
        }
        return new Batch(shape, all);
    }

    private static Tensor said(Output output, Map<String, Tensor> said) {
        return Optional.ofNullable(said.get(output.tensor().orElseThrow().name()))
                .orElseThrow();
    }

    private List<Marking.Mark> marks(Volume maps) {
        return outputs(output -> output.kind() == Output.Kind.MASK).stream()
                .map(output -> new Marking.Mark(output.name(), output.display(), output.outcome(), mask(output, maps)))
                .toList();
    }

    private Volume mask(Output output, Volume maps) {
        var from = output.tensor().orElseThrow();
        var mask = maps.channel(drawn.indexOf(output));
        var values = mask.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = from.isThere(values[i]) ? 1 : 0;
        }
        return mask;
    }

    private Optional<Volume> uncertainty(Volume maps) {
        return outputs(output -> output.kind() == Output.Kind.UNCERTAINTY).stream()
                .findFirst()
                .map(output -> maps.channel(drawn.indexOf(output)));
    }

    private List<Marking.Chance> chances(Map<String, Tensor> said) {
        return outputs(output -> output.kind() == Output.Kind.PROBABILITY).stream()
                .map(output ->
                        new Marking.Chance(output.name(), output.display(), probability(output, said(output, said))))
                .toList();
    }

    private double probability(Output output, Tensor tensor) {
        var number = tensor.values()[0];
        if (!(number >= 0 && number <= 1)) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s said %s for %s, which is no probability".formatted(card.id(), number, output.name()));
        }
        return number;
    }

    @Override
    public List<Contribution> explain(Features features) {
        return List.of();
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.of(network);
    }

    @Override
    public void close() {
        network.close();
    }
}
