package org.auspex.kernel.adaptation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.TensorSpec;

/** Golden cases of a head: made-up pictures, because those it learnt from show patients, and what it says about them. */
final class GoldenPictures {

    /** Of a picture whose size the card leaves open. */
    private static final long SIDE = 32;

    /** Logits; processors differ in the last digits. */
    private static final double TOLERANCE = 0.01;

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenPictures() {}

    /** Writes them into the folder of a head. */
    static void write(TensorModel head, Path folder) throws IOException {
        var golden = Files.createDirectories(folder.resolve("golden"));
        write(head, golden.resolve("01-bright-disc.json"), "A made-up picture: a bright disc on grey.", 0.3, 0.8);
        write(head, golden.resolve("02-dark-disc.json"), "A made-up picture: a dark disc on grey.", 0.6, 0.1);
    }

    private static void write(TensorModel head, Path file, String description, double ground, double disc)
            throws IOException {
        var picture = picture(head.signature().inputs().get(0), ground, disc);
        var answer = head.infer(List.of(picture), Priority.ROUTINE, Optional.empty());
        var golden = JSON.createObjectNode().put("description", description);
        golden.putArray("tensors").add(node(picture));
        var wanted = golden.putObject("outcome").putArray("tensors");
        answer.forEach(tensor -> wanted.add(node(tensor)));
        golden.putObject("tolerance")
                .put("absolute", TOLERANCE)
                .put("because", "float32 logits; processors differ in the last digits");
        Files.writeString(file, JSON.writeValueAsString(golden));
    }

    private static Tensor picture(TensorSpec spec, double ground, double disc) {
        var shape = new ArrayList<Long>();
        for (int axis = 0; axis < spec.shape().size(); axis++) {
            var size = spec.shape().get(axis);
            shape.add(size != TensorSpec.ANY ? size : axis == 0 ? 1L : SIDE);
        }
        var rows = shape.get(2);
        var columns = shape.get(3);
        var count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        var data = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            var row = i / columns % rows - rows / 2.0;
            var column = i % columns - columns / 2.0;
            data.putFloat((float) (Math.hypot(row / rows, column / columns) < 0.25 ? disc : ground));
        }
        return new Tensor(spec.name(), spec.datatype(), shape, data.flip());
    }

    private static ObjectNode node(Tensor tensor) {
        var node = JSON.createObjectNode()
                .put("name", tensor.name())
                .put("datatype", tensor.datatype().name());
        var shape = node.putArray("shape");
        tensor.shape().forEach(shape::add);
        var data = node.putArray("data");
        var numbers = tensor.data().asFloatBuffer();
        while (numbers.hasRemaining()) {
            data.add(Math.round(numbers.get() * 1e4) / 1e4);
        }
        return node;
    }
}
