package org.auspex.kernel.inference;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a TorchScript network that are numbers and no tensors, such as a sampling rate. A card cannot tell the two apart,
 * and neither can DJL; libtorch says which one it expected, and is then given it.
 */
final class TorchArguments {

    private static final Pattern EXPECTED = Pattern.compile(
            "Expected a value of type '(int|float|bool)' for argument '[^']*' but instead found type 'Tensor'\\.\\s*Position: ([0-9]+)");

    private final Block network;
    /** By position among the inputs. */
    private final Map<Integer, String> numbers = new TreeMap<>();

    TorchArguments(Block network) {
        this.network = network;
    }

    /** Whether nothing else is known. */
    boolean areTensors() {
        return numbers.isEmpty();
    }

    /** Whether a failure says that an input should have been a number, and which was not known before. */
    boolean learn(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var expected = EXPECTED.matcher(String.valueOf(cause.getMessage()));
            if (expected.find()) {
                // The network itself stands at position 0.
                return numbers.put(Integer.parseInt(expected.group(2)) - 1, expected.group(1)) == null;
            }
        }
        return false;
    }

    /**
     * Runs the network.
     *
     * @param inputs the same as {@code arrays}, for those that are numbers
     * @throws EngineException if it fails
     */
    NDList run(List<Tensor> inputs, NDList arrays, NDManager manager) {
        while (true) {
            try {
                return attempt(inputs, arrays, manager);
            } catch (EngineException e) {
                if (!learn(e)) {
                    throw e;
                }
            }
        }
    }

    private NDList attempt(List<Tensor> inputs, NDList arrays, NDManager manager) {
        var values = new ArrayList<IValue>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                var number = numbers.get(i);
                values.add(number == null ? IValue.from((PtNDArray) arrays.get(i)) : number(number, inputs.get(i)));
            }
            try (var answer =
                    IValueUtils.runMethod((PtSymbolBlock) network, "forward", values.toArray(new IValue[0]))) {
                return answer.toNDList((PtNDManager) manager);
            }
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue number(String type, Tensor tensor) {
        if (tensor.size() != 1) {
            throw new IllegalArgumentException("'%s' has the shape %s, and the network takes one %s there"
                    .formatted(tensor.name(), tensor.shape(), type));
        }
        var value = tensor.values()[0];
        return switch (type) {
            case "int" -> IValue.from(whole(tensor.name(), value));
            case "bool" -> IValue.from(value != 0);
            default -> IValue.from(value);
        };
    }

    private static long whole(String name, double value) {
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    "'%s' is %s, and the network takes a whole number there".formatted(name, value));
        }
        return (long) value;
    }
}
