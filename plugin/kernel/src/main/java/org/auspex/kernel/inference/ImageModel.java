package org.auspex.kernel.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.SlidingWindow;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;

/**
 * A network of images with the steps to it and back. A caller sends the image as it is, {@code [channels, x, y(, z)]} of any
 * type of number, and if it has one its {@code affine} [4, 4] (FP64, voxels to RAS+ millimetres), and gets what the steps
 * after the network leave, with the affine of that.
 */
final class ImageModel extends TensorModel {

    private static final String AFFINE = "affine";

    private final Pipeline pipeline;
    private final TensorSpec image;
    private final Signature door;
    private final long most;

    /**
     * @param network what the network itself takes and gives
     * @param most numbers that an image, or anything made of it, may have
     */
    ImageModel(String name, Signature network, Batcher batcher, Pipeline pipeline, long most) {
        super(name, network, batcher);
        this.pipeline = pipeline;
        this.most = most;
        this.image = image(network.inputs().get(0), pipeline);
        this.door = new Signature(
                List.of(image, affine()), outputs(network.outputs().get(0)));
    }

    private static TensorSpec image(TensorSpec input, Pipeline pipeline) {
        var shape = new ArrayList<Long>(List.of(input.shape().get(1)));
        var slices = pipeline.inference() instanceof SlidingWindow window
                && window.slice().isPresent();
        var rank = input.shape().size() - 2 + (slices ? 1 : 0);
        for (int axis = 0; axis < rank; axis++) {
            shape.add(TensorSpec.ANY);
        }
        return new TensorSpec(input.name(), Datatype.FP32, shape);
    }

    private List<TensorSpec> outputs(TensorSpec output) {
        var shape = new ArrayList<>(List.of(TensorSpec.ANY));
        if (output.shape().size() == 2) {
            return List.of(new TensorSpec(output.name(), Datatype.FP32, shape));
        }
        for (int axis = 1; axis < image.shape().size(); axis++) {
            shape.add(TensorSpec.ANY);
        }
        return List.of(new TensorSpec(output.name(), Datatype.FP32, shape), affine());
    }

    private static TensorSpec affine() {
        return new TensorSpec(AFFINE, Datatype.FP64, List.of(4L, 4L));
    }

    @Override
    public Signature signature() {
        return door;
    }

    /**
     * Computes all windows of an image.
     *
     * @param timeout how long all of it may take; empty = each batch of windows as long as a call may
     */
    @Override
    public List<Tensor> infer(List<Tensor> given, Priority priority, Optional<Duration> timeout) {
        var end = timeout.map(limit -> System.nanoTime() + limit.toNanos());
        UnaryOperator<Batch> network = batch -> {
            var left = end.map(moment -> Duration.ofNanos(Math.max(moment - System.nanoTime(), 0)));
            return batch(super.infer(List.of(tensor(batch)), priority, left).get(0));
        };
        try {
            return said(pipeline.run(volume(given), network));
        } catch (ImageRefused e) {
            throw new TensorRefused("%s: %s".formatted(name(), e.getMessage()), e);
        } catch (ArithmeticException e) {
            throw new TensorRefused("%s: a shape is too large (%s)".formatted(name(), e.getMessage()), e);
        }
    }

    /**
     * Runs the network once on zeros, where the card says how large a window is.
     *
     * @throws InferenceFailed if it does not take or give what the card says
     */
    void probe() {
        var shape = new ArrayList<Long>(super.signature().inputs().get(0).shape());
        shape.set(0, 1L);
        if (shape.contains(TensorSpec.ANY)) {
            return;
        }
        var numbers = shape.stream().reduce(1L, Math::multiplyExact);
        var zeros = ByteBuffer.allocate(Math.toIntExact(numbers * Float.BYTES));
        try {
            super.infer(
                    List.of(new Tensor(image.name(), Datatype.FP32, shape, zeros)), Priority.ROUTINE, Optional.empty());
        } catch (InferenceFailed e) {
            throw new InferenceFailed(
                    e.kind(),
                    "%s was shown %s FP32 of zeros, as its card says: %s".formatted(name(), shape, e.getMessage()),
                    e.getCause());
        }
    }

    private Volume volume(List<Tensor> given) {
        var found = named(given, image.name()).orElseThrow(() -> refused(given));
        var affine = named(given, AFFINE);
        if (given.size() != (affine.isPresent() ? 2 : 1)
                || !image.fits(found.shape())
                || found.datatype() == Datatype.BOOL
                || found.datatype() == Datatype.FP16) {
            throw refused(given);
        }
        if (affine.isPresent() && !(affine.get().shape().equals(List.of(4L, 4L)))) {
            throw refused(given);
        }
        var shape = found.shape().stream().map(Math::toIntExact).toList();
        var place = affine.map(tensor -> Affine.of(tensor.values())).orElse(Affine.identity());
        if (found.size() > most) {
            throw new ImageRefused(
                    "an image of %s has more than auspex.inference.max-numbers = %d".formatted(shape, most));
        }
        return new Volume(shape.get(0), new Grid(shape.subList(1, shape.size()), place), floats(found), most);
    }

    private TensorRefused refused(List<Tensor> given) {
        return new TensorRefused(
                ("%s takes '%s' %s, of FP32, FP64 or a type of whole numbers, and beside it, if there is one, 'affine'"
                                + " [4, 4] from voxels to RAS+ millimetres; it was given %s")
                        .formatted(
                                name(),
                                image.name(),
                                image.shape(),
                                given.stream()
                                        .map(tensor -> "'%s' %s %s"
                                                .formatted(tensor.name(), tensor.datatype(), tensor.shape()))
                                        .toList()));
    }

    private static Optional<Tensor> named(List<Tensor> tensors, String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** Infinities and NaN would spread over windows, and a bad voxel is the sender's mistake. */
    private static float[] floats(Tensor tensor) {
        var numbers = new float[Math.toIntExact(tensor.size())];
        if (tensor.datatype() == Datatype.FP32) {
            tensor.data().asFloatBuffer().get(numbers);
        } else {
            var values = tensor.values();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) values[i];
            }
        }
        for (var number : numbers) {
            if (!Float.isFinite(number)) {
                throw new ImageRefused("the image holds %s; replace what is no number".formatted(number));
            }
        }
        return numbers;
    }

    private Tensor tensor(Batch batch) {
        var shape = batch.shape().stream().mapToLong(Integer::longValue).toArray();
        return Tensor.of(image.name(), batch.values(), shape);
    }

    private static Batch batch(Tensor tensor) {
        var numbers = new float[Math.toIntExact(tensor.size())];
        tensor.data().asFloatBuffer().get(numbers);
        return new Batch(tensor.shape().stream().map(Math::toIntExact).toList(), numbers);
    }

    private List<Tensor> said(Volume volume) {
        var shape = new ArrayList<Long>(List.of((long) volume.channels()));
        volume.grid().shape().forEach(size -> shape.add(size.longValue()));
        var answer = Tensor.of(
                door.outputs().get(0).name(),
                volume.values(),
                shape.stream().mapToLong(Long::longValue).toArray());
        return door.outputs().size() == 1
                ? List.of(answer)
                : List.of(answer, affine(volume.grid().affine()));
    }

    private static Tensor affine(Affine affine) {
        var data = ByteBuffer.allocate(16 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var number : affine.numbers()) {
            data.putDouble(number);
        }
        return new Tensor(AFFINE, Datatype.FP64, List.of(4L, 4L), data.flip());
    }
}
