package org.auspex.kernel.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.model.Datatype;

/** Our tensors as DJL's arrays, and back. */
final class DjlTensors {

    private static final Map<Datatype, DataType> TYPES = Map.of(
            Datatype.BOOL, DataType.BOOLEAN,
            Datatype.UINT8, DataType.UINT8,
            Datatype.INT8, DataType.INT8,
            Datatype.INT16, DataType.INT16,
            Datatype.INT32, DataType.INT32,
            Datatype.INT64, DataType.INT64,
            Datatype.FP16, DataType.FLOAT16,
            Datatype.FP32, DataType.FLOAT32,
            Datatype.FP64, DataType.FLOAT64);

    private static final Map<DataType, Datatype> OURS =
            TYPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private DjlTensors() {}

    /** An array of the same numbers, which ends with its manager. */
    static NDArray array(NDManager manager, Tensor tensor) {
        var shape = new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
        return manager.create(tensor.data(), shape, TYPES.get(tensor.datatype()));
    }

    /**
     * The numbers of an array, off the native memory.
     *
     * @param index what it is called by, where it has no name
     * @throws IllegalArgumentException if it is of a type that no tensor of ours can be
     */
    static Tensor tensor(NDArray array, int index) {
        var type = OURS.get(array.getDataType());
        if (type == null) {
            throw new IllegalArgumentException(
                    "Output %d is of type %s, which no tensor of ours can be".formatted(index, array.getDataType()));
        }
        var shape = new ArrayList<Long>();
        for (var size : array.getShape().getShape()) {
            shape.add(size);
        }
        var name = array.getName() == null ? "output" + index : array.getName();
        return new Tensor(name, type, shape, copy(array.toByteBuffer()));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
}
