package org.auspex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.auspex.kernel.inference.Encoders;
import org.auspex.kernel.inference.Engine;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.terminology.Units;

/** One network, as DJL alone runs it and as Auspex does, on the same rows. */
final class Contender implements AutoCloseable {

    private final String name;
    private final Path weights;
    private final Engine engine;
    private final TensorModel ours;
    private final Random random = new Random(20261127);

    private Contender(String name, Path weights, Engine engine) {
        this.name = name;
        this.weights = weights;
        this.engine = engine;
        this.ours = engine.tensors().orElseThrow();
    }

    /** The shipped network over a patient's values. */
    static Contender tabular(Path models) {
        return open("tabular (coronary-disease, 13 inputs, TorchScript)", models.resolve("coronary-disease/1.0.0"));
    }

    /** A network over images of the size of an ultrasound's, from this jar. */
    static Contender convolutional(String file) {
        try {
            var folder = Files.createDirectories(
                    Files.createTempDirectory("auspex-benchmark").resolve("convolutional/1.0.0"));
            try (var in = Contender.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException(file + " is not in the jar");
                }
                Files.copy(in, folder.resolve(file));
            }
            var onnx = file.endsWith(".onnx");
            Files.writeString(folder.resolve("model.yaml"), """
                    model: convolutional
                    version: 1.0.0
                    title: A segmenter with random weights
                    intendedUse: For measuring only.
                    licence: {code: Apache-2.0, weights: Apache-2.0}
                    engine: {kind: %s, file: %s, sha256: "%s"}
                    batching: {default-queue-policy: {max-queue-size: 100000}}
                    tensors:
                      inputs: [{name: image, datatype: FP32, shape: [-1, 1, 128, 128]}]
                      outputs: [{name: mask, datatype: FP32, shape: [-1, 1, 128, 128]}]
                    """.formatted(
                            onnx ? "onnx" : "pytorch", file, Sha256.of(folder.resolve(file))));
            return open("convolutional (128 x 128, %s)".formatted(onnx ? "ONNX" : "TorchScript"), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contender open(String name, Path folder) {
        try {
            var card = new CardReader(new Units(), List.of()).read(folder);
            return new Contender(
                    name,
                    card.engine().file().orElseThrow().path(),
                    new Engines(Duration.ofSeconds(30), 100_000).open(card, Encoders.NONE));
        } catch (CardRefused e) {
            throw new IllegalArgumentException(e);
        }
    }

    String name() {
        return name;
    }

    /** Rows of random values, in the shapes of the network. */
    Rows rows(int count) {
        var values = new ArrayList<float[]>();
        var shapes = new ArrayList<long[]>();
        for (var input : ours.signature().inputs()) {
            var shape = input.shape().stream()
                    .mapToLong(size -> size == TensorSpec.ANY ? count : size)
                    .toArray();
            var size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
            var row = new float[size];
            for (int i = 0; i < size; i++) {
                row[i] = random.nextFloat();
            }
            values.add(row);
            shapes.add(shape);
        }
        return new Rows(values, shapes);
    }

    Bare bare() {
        return Bare.open(weights);
    }

    /** One call through Auspex, with what it takes to make tensors of numbers and numbers of tensors. */
    float[] ours(Rows rows, Optional<Duration> deadline) {
        var inputs = new ArrayList<Tensor>();
        for (int i = 0; i < rows.values().size(); i++) {
            var bytes = ByteBuffer.allocate(rows.values().get(i).length * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(rows.values().get(i));
            inputs.add(new Tensor(
                    ours.signature().inputs().get(i).name(),
                    Datatype.FP32,
                    Arrays.stream(rows.shapes().get(i)).boxed().toList(),
                    bytes));
        }
        var answer = ours.infer(inputs, Priority.URGENT, deadline).get(0).data().asFloatBuffer();
        var numbers = new float[answer.remaining()];
        answer.get(numbers);
        return numbers;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The values of each input, and their shapes. */
    record Rows(List<float[]> values, List<long[]> shapes) {}
}
