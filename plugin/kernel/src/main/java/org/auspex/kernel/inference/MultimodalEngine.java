package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/**
 * A network over the tiles of slides and the card's inputs, of which any may be missing: {@code forward(tiles [1, T, 3, size, size]
 * float32 of 0 to 255, values [N, inputs], known [N, inputs])} to a tensor [N, 1] for each probability, [N, times] for each survival
 * curve, and the attention [1, T]. All rows are about the slides of one study, which are an input like the others: its column of {@code known} says
 * whether there are any; where there are none, the network is given one black tile.
 */
final class MultimodalEngine implements Engine {

    private final ModelCard card;
    private final Tiling tiling;
    private final TensorModel network;

    /** @param card with tiles and outputs */
    MultimodalEngine(ModelCard card, TensorModel network) {
        this.card = card;
        this.tiling = card.tiles().orElseThrow();
        this.network = network;
    }

    /** Each subject has a slide of their own, so each is a call of its own. */
    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream().map(features -> outcome(features, priority)).toList();
    }

    private Outcome outcome(Features features, Priority priority) {
        var slide = slide(features);
        try {
            var tiles = slide.map(found -> tiles(found.getValue()));
            return outcome(new Said(answer(tiles, List.of(features), priority)), slide, tiles);
        } catch (SlideUnusable e) {
            return new Outcome.Abstained(
                    List.of(new Outcome.Reason(slide.map(Map.Entry::getKey), String.valueOf(e.getMessage()))));
        } catch (IllegalArgumentException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s answered nonsense: %s".formatted(card.id(), e.getMessage()), e);
        }
    }

    /** The slide, by the name of its input. */
    private static Optional<Map.Entry<String, TiledImage>> slide(Features features) {
        return features.byInput().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Feature.Tiled)
                .map(entry -> Map.entry(entry.getKey(), ((Feature.Tiled) entry.getValue()).image()))
                .findFirst();
    }

    private Tiles tiles(TiledImage slide) {
        try {
            return slide.tiles(tiling);
        } catch (ImageRefused e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s, the slide: %s".formatted(card.id(), e.getMessage()), e);
        }
    }

    private List<Tensor> answer(Optional<Tiles> tiles, List<Features> rows, Priority priority) {
        var wanted = network.signature().inputs();
        var batch = tiles.map(Tiles::batch).orElseGet(this::black);
        var columns = rows.get(0).byInput().size();
        var values = new float[rows.size() * columns];
        var known = new float[rows.size() * columns];
        int at = 0;
        for (var features : rows) {
            for (var feature : features.byInput().values()) {
                values[at] = feature.number().orElse(0.0).floatValue();
                known[at++] = feature.number().isPresent() || feature instanceof Feature.Tiled ? 1 : 0;
            }
        }
        return network.infer(
                List.of(
                        Tensor.of(wanted.get(0).name(), batch.values(), ofOne(batch.shape())),
                        Tensor.of(wanted.get(1).name(), values, rows.size(), columns),
                        Tensor.of(wanted.get(2).name(), known, rows.size(), columns)),
                priority,
                Optional.empty());
    }

    private Batch black() {
        var size = tiling.size();
        return new Batch(List.of(1, 3, size, size), new float[3 * size * size]);
    }

    /** One slide, with as many tiles as there are. */
    private static long[] ofOne(List<Integer> shape) {
        return LongStream.concat(LongStream.of(1), shape.stream().mapToLong(Integer::longValue))
                .toArray();
    }

    private Outcome outcome(Said said, Optional<Map.Entry<String, TiledImage>> slide, Optional<Tiles> tiles) {
        var chances = new ArrayList<Outcome.Chance>();
        var survivals = new ArrayList<Outcome.Survival>();
        for (var output : card.outputs()) {
            var outcome = TabularAnswer.of(output).outcome(said.row(output, 0));
            if (outcome instanceof Outcome.Risk risk) {
                chances.addAll(risk.chances());
            } else if (outcome instanceof Outcome.Survival survival) {
                survivals.add(survival);
            }
        }
        return new Multimodal(
                chances,
                survivals,
                tiles.map(seen -> attention(said, slide.orElseThrow().getValue(), seen)));
    }

    private Attention attention(Said said, TiledImage slide, Tiles tiles) {
        return new Attention(
                slide,
                tiles.places(),
                tiles.tissue(),
                Arrays.stream(said.named(tiling.attention()).values()).boxed().toList());
    }

    /**
     * Occlusion of the first output: the result with all inputs less the result without each that is known. What hides the slide is
     * one of the rows, so the tiles are computed once.
     */
    @Override
    public List<Contribution> explain(Features features) {
        var slide = slide(features);
        var known = features.byInput().entrySet().stream()
                .filter(entry -> entry.getValue().number().isPresent() || entry.getValue() instanceof Feature.Tiled)
                .map(Map.Entry::getKey)
                .toList();
        var occlusion = new Occlusion(features, known);
        var tiles = slide.map(found -> tiles(found.getValue()));
        var said = new Said(answer(tiles, occlusion.variants(), Priority.URGENT));
        return occlusion.contributions(variant -> said.row(card.output(), variant)[0]);
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.of(network);
    }

    @Override
    public void close() {
        network.close();
    }

    /** What the network gave. */
    private record Said(List<Tensor> tensors) {

        /** The numbers of an output for one row. */
        double[] row(Output output, int row) {
            var width = TabularAnswer.of(output).width();
            return Arrays.copyOfRange(
                    named(output.tensor().orElseThrow().name()).values(), row * width, (row + 1) * width);
        }

        Tensor named(String name) {
            return tensors.stream()
                    .filter(tensor -> tensor.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
