package org.auspex.kernel.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/**
 * A TorchScript network through DJL: {@code forward(values [N, inputs] float32, known [N, inputs] float32)} to
 * probabilities [N, 1]. Where {@code known} is 0 the input is missing and {@code values} is 0.
 *
 * <p>Not thread-safe, because DJL's predictor is not: use it through {@link Deadline}.
 */
final class PyTorchEngine implements Engine {

    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final Output output;
    private final int maxBatchSize;

    private PyTorchEngine(Model model, Output output, int maxBatchSize) {
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator());
        this.output = output;
        this.maxBatchSize = maxBatchSize;
    }

    /**
     * Loads weights.
     *
     * @param torchScript the bytes of the file, already checked
     * @throws InferenceFailed if they are no TorchScript
     */
    static PyTorchEngine load(ModelId id, byte[] torchScript, Output output, int maxBatchSize) {
        var model = Model.newInstance(id.toString(), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(torchScript));
            return new PyTorchEngine(model, output, maxBatchSize);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "The weights of %s are no TorchScript that loads".formatted(id), e);
        }
    }

    @Override
    public List<Outcome> infer(List<Features> batch) {
        return probabilities(batch).stream().map(this::risk).toList();
    }

    /** Occlusion: the result with all inputs less the result with this one missing, in percentage points. */
    @Override
    public List<Contribution> explain(Features features) {
        var inputs = List.copyOf(features.byInput().keySet());
        var batch = Stream.concat(Stream.of(features), inputs.stream().map(features::without))
                .toList();
        var probabilities = probabilities(batch);
        var contributions = new ArrayList<Contribution>();
        for (int i = 0; i < inputs.size(); i++) {
            contributions.add(new Contribution(
                    inputs.get(i),
                    100 * (probabilities.get(0) - probabilities.get(i + 1)),
                    Contribution.Scale.PERCENTAGE_POINTS));
        }
        return contributions;
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private Outcome risk(double probability) {
        return new Outcome.Risk(
                List.of(new Outcome.Chance(output, probability, output.band(100 * probability, 0, formula -> false))));
    }

    private List<Double> probabilities(List<Features> batch) {
        var all = new ArrayList<Double>(batch.size());
        for (int from = 0; from < batch.size(); from += maxBatchSize) {
            all.addAll(forward(batch.subList(from, Math.min(batch.size(), from + maxBatchSize))));
        }
        return all;
    }

    private List<Double> forward(List<Features> batch) {
        try (var manager = model.getNDManager().newSubManager()) {
            var columns = batch.get(0).byInput().size();
            var shape = new Shape(batch.size(), columns);
            var values = manager.create(rows(batch, true), shape);
            var known = manager.create(rows(batch, false), shape);
            try (var answer = predictor.predict(new NDList(values, known))) {
                return checked(answer.singletonOrThrow().toFloatArray(), batch.size());
            }
        } catch (TranslateException | EngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s failed on a batch of %d".formatted(model.getName(), batch.size()),
                    e);
        }
    }

    private static float[] rows(List<Features> batch, boolean values) {
        var columns = batch.get(0).byInput().size();
        var flat = new float[batch.size() * columns];
        int at = 0;
        for (var features : batch) {
            for (var feature : features.byInput().values()) {
                var number = feature.number();
                flat[at++] = number.isEmpty() ? 0f : values ? number.get().floatValue() : 1f;
            }
        }
        return flat;
    }

    private List<Double> checked(float[] answer, int expected) {
        var probabilities = new ArrayList<Double>(answer.length);
        for (var probability : answer) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.FAULT,
                        "%s answered %s, which is no probability".formatted(model.getName(), probability));
            }
            probabilities.add((double) probability);
        }
        if (answer.length != expected) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s answered %d numbers for %d subjects".formatted(model.getName(), answer.length, expected));
        }
        return probabilities;
    }
}
