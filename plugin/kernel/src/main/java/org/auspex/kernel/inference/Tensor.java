package org.auspex.kernel.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.model.Datatype;

/**
 * Numbers in a shape. No engine's own type, so that it may leave this package.
 *
 * @param shape sizes of the dimensions; empty for a single number
 * @param data the elements in row-major order, little-endian; never changed after construction
 */
public record Tensor(String name, Datatype datatype, List<Long> shape, ByteBuffer data) {

    /** @throws IllegalArgumentException if the data are not as many as the shape says */
    public Tensor {
        shape = List.copyOf(shape);
        data = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var expected = elements(shape) * datatype.bytes();
        if (data.remaining() != expected) {
            throw new IllegalArgumentException("Tensor '%s' has %d bytes, but %s in shape %s takes %d"
                    .formatted(name, data.remaining(), datatype, shape, expected));
        }
    }

    /** @throws IllegalArgumentException if the values are not as many as the shape says */
    public static Tensor of(String name, float[] values, long... shape) {
        var data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        var dimensions = new ArrayList<Long>(shape.length);
        for (var size : shape) {
            dimensions.add(size);
        }
        return new Tensor(name, Datatype.FP32, dimensions, data);
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws IllegalArgumentException if a dimension is negative or the product does not fit */
    private static long elements(List<Long> shape) {
        long product = 1;
        for (var size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("A tensor has no shape " + shape);
            }
            try {
                product = Math.multiplyExact(product, size);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("A tensor of shape " + shape + " is too large", e);
            }
        }
        return product;
    }

    /** The number of elements. */
    long size() {
        return elements(shape);
    }

    /** The size of the first dimension; 1 for a single number. */
    long rows() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** The same name, type and shape but for the first dimension, so that the two can be joined. */
    boolean isLike(Tensor other) {
        return name.equals(other.name)
                && datatype == other.datatype
                && shape.size() == other.shape.size()
                && shape.subList(1, shape.size()).equals(other.shape.subList(1, other.shape.size()));
    }

    /** One tensor of the rows of several that are alike, in their order. */
    static Tensor joined(List<Tensor> parts) {
        var first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        var bytes = parts.stream().mapToInt(part -> part.data.remaining()).sum();
        var data = ByteBuffer.allocate(bytes);
        parts.forEach(part -> data.put(part.data()));
        var rows = parts.stream().mapToLong(Tensor::rows).sum();
        return new Tensor(first.name, first.datatype, first.shape(rows), data.flip());
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive), on the same data. */
    Tensor rows(long from, long to) {
        var row = rows() == 0 ? 0 : data.remaining() / rows();
        return new Tensor(name, datatype, shape(to - from), data.slice((int) (data.position() + from * row), (int)
                ((to - from) * row)));
    }

    /** The elements as numbers; those of INT64 beyond 2^53 lose their last digits. */
    public double[] values() {
        var numbers = new double[(int) size()];
        var bytes = data();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (datatype) {
                case BOOL, INT8 -> bytes.get();
                case UINT8 -> Byte.toUnsignedInt(bytes.get());
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                case INT64 -> bytes.getLong();
                case FP32 -> bytes.getFloat();
                case FP64 -> bytes.getDouble();
                case FP16 -> throw new TensorRefused("Tensor '%s' of FP16 has no numbers in Java 17".formatted(name));
            };
        }
        return numbers;
    }

    /** The largest difference to a tensor of the same shape, element by element; infinite where one of two is NaN. */
    public double distance(Tensor other) {
        var ours = values();
        var theirs = other.values();
        double largest = 0;
        for (int i = 0; i < ours.length; i++) {
            var apart = Double.compare(ours[i], theirs[i]) == 0 ? 0 : Math.abs(ours[i] - theirs[i]);
            largest = Math.max(largest, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
        }
        return largest;
    }

    private List<Long> shape(long rows) {
        var changed = new ArrayList<>(shape);
        changed.set(0, rows);
        return changed;
    }
}
