package org.auspex.kernel.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.model.EngineSpec;

/** A file of weights in this process, through DJL: TorchScript by libtorch, ONNX by ONNX Runtime. */
final class DjlNetwork implements Network {

    /** One thread per call, as for libtorch: see {@link Engines#prepare}. */
    private static final Map<String, String> OPTIONS = Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final boolean named;
    private final Optional<TorchArguments> arguments;

    private DjlNetwork(Model model, boolean named, Optional<TorchArguments> arguments) {
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator());
        this.named = named;
        this.arguments = arguments;
    }

    /**
     * Loads weights.
     *
     * @param name for messages
     * @param file the bytes of the file, already checked
     * @param named whether tensors go to the inputs of their names (ONNX only) and not by their order
     * @throws InferenceFailed if they do not load
     */
    static DjlNetwork load(String name, EngineSpec.Kind kind, byte[] file, boolean named) {
        var onnx = kind == EngineSpec.Kind.ONNX;
        var model = model(name, onnx ? "OnnxRuntime" : "PyTorch");
        try {
            model.load(new ByteArrayInputStream(file), onnx ? OPTIONS : null);
            return new DjlNetwork(
                    model, named && onnx, onnx ? Optional.empty() : Optional.of(new TorchArguments(model.getBlock())));
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "The weights of %s are no %s that loads".formatted(name, onnx ? "ONNX" : "TorchScript"),
                    e);
        }
    }

    private static Model model(String name, String engine) {
        if (!ai.djl.engine.Engine.hasEngine(engine)) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s needs the engine %s, whose jars are not on the class path".formatted(name, engine));
        }
        return Model.newInstance(name, engine);
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        try (var manager = model.getNDManager().newSubManager()) {
            var arrays = new NDList(inputs.size());
            inputs.forEach(input -> arrays.add(array(manager, input)));
            try (var answer = answer(inputs, arrays, manager)) {
                var outputs = new ArrayList<Tensor>(answer.size());
                for (int i = 0; i < answer.size(); i++) {
                    outputs.add(DjlTensors.tensor(answer.get(i), i));
                }
                return outputs;
            }
        } catch (TranslateException
                | EngineException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s failed on a batch of %d"
                            .formatted(model.getName(), inputs.get(0).rows()),
                    e);
        }
    }

    private NDList answer(List<Tensor> inputs, NDList arrays, NDManager manager) throws TranslateException {
        if (arguments.isEmpty() || arguments.get().areTensors()) {
            try {
                return predictor.predict(arrays);
            } catch (TranslateException e) {
                if (arguments.isEmpty() || !arguments.get().learn(e)) {
                    throw e;
                }
            }
        }
        return arguments.orElseThrow().run(inputs, arrays, manager);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private NDArray array(NDManager manager, Tensor tensor) {
        var array = DjlTensors.array(manager, tensor);
        if (named) {
            array.setName(tensor.name());
        }
        return array;
    }
}
