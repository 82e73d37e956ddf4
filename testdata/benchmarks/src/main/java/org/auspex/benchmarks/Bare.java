package org.auspex.benchmarks;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** DJL's predictor with nothing around it: arrays in, arrays out. One thread at a time. */
final class Bare implements AutoCloseable {

    private final Model model;
    private final Predictor<NDList, NDList> predictor;

    private Bare(Model model) {
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator());
    }

    static Bare open(Path file) {
        var onnx = file.toString().endsWith(".onnx");
        try (var in = java.nio.file.Files.newInputStream(file)) {
            var model = Model.newInstance("bare", onnx ? "OnnxRuntime" : "PyTorch");
            model.load(in, onnx ? Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1") : null);
            return new Bare(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalArgumentException(file + " does not load", e);
        }
    }

    /**
     * One call.
     *
     * @param inputs the values of each input
     * @param shapes their shapes
     */
    float[] predict(List<float[]> inputs, List<long[]> shapes) {
        try (var manager = model.getNDManager().newSubManager()) {
            var arrays = new NDList(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                arrays.add(manager.create(inputs.get(i), new Shape(shapes.get(i))));
            }
            try (var answer = predictor.predict(arrays)) {
                return answer.head().toFloatArray();
            }
        } catch (TranslateException e) {
            throw new IllegalStateException("The bare predictor failed", e);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
