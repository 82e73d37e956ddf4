package org.auspex.imaging.pixels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.Volume;

/** From the objects of a series to images that a network is asked about, each with the frames it was made of. */
public final class SeriesReader {

    private final PixelReader pixels;
    private final long most;

    /** @param most how many numbers an image may have */
    public SeriesReader(PixelReader pixels, long most) {
        this.pixels = pixels;
        this.most = most;
    }

    /**
     * A whole slide; none of its pixels is decoded yet.
     *
     * @param objects in any order; one for each level, and labels and overviews, which are passed over
     * @throws DicomRefused if they are none
     */
    public Slide slide(List<DicomObject> objects) throws IOException {
        return Slide.of(objects, pixels);
    }

    /**
     * All frames of a series, in the order in which they lie in the patient, as one volume in millimetres of RAS+. Values are those
     * of the modality, such as Hounsfield units.
     *
     * @param objects in any order; one frame each, or many
     * @throws DicomRefused if a frame has no place, they differ in shape or direction, or are not evenly spaced
     */
    public ImageSeries volume(List<DicomObject> objects) throws IOException {
        var slices = new ArrayList<Slice>();
        for (var object : objects) {
            var frames = pixels.open(object);
            for (int number = 1; number <= frames.count(); number++) {
                slices.add(Slice.of(frames, number));
            }
        }
        if (slices.isEmpty()) {
            throw new DicomRefused("The series has no objects");
        }
        var stack = Stack.of(slices);
        return new ImageSeries(
                filled(stack), stack.slices().stream().map(Slice::source).toList());
    }

    /** Densest along z, so that a frame is spread over the volume while it is there, and never all are. */
    private Volume filled(Stack stack) throws IOException {
        var source = stack.slices().get(0).source();
        int depth = stack.slices().size();
        var values = new float[size(source.columns(), source.rows(), depth)];
        for (int z = 0; z < depth; z++) {
            var slice = stack.slices().get(z);
            var grey = slice.frames().grey(slice.source().number());
            for (int x = 0; x < source.columns(); x++) {
                for (int y = 0; y < source.rows(); y++) {
                    values[(x * source.rows() + y) * depth + z] = grey[y * source.columns() + x];
                }
            }
        }
        return new Volume(1, new Grid(List.of(source.columns(), source.rows(), depth), stack.affine()), values, most);
    }

    /**
     * One frame as an image of two dimensions, grey, its axes in millimetres where the object tells a spacing and in pixels where it
     * does not. Of ultrasound what lies outside of the regions, where names and dates are written, is 0.
     *
     * @param number of the frame, from 1
     * @throws DicomRefused if it cannot be read
     */
    public ImageSeries image(DicomObject object, int number) throws IOException {
        return image(pixels.open(object), number);
    }

    /**
     * Frames of a loop, each as {@link #image} gives it. They are decoded one by one as they are asked for.
     *
     * @throws DicomRefused there, or when a frame cannot be read
     */
    public Iterable<ImageSeries> clip(DicomObject object, Sampling sampling) throws IOException {
        var frames = pixels.open(object);
        var numbers = sampling.of(frames.count());
        return () -> images(frames, numbers.iterator());
    }

    private Iterator<ImageSeries> images(Frames frames, Iterator<Integer> numbers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public ImageSeries next() {
                try {
                    return image(frames, numbers.next());
                } catch (IOException e) {
                    throw new UncheckedIOException("A frame could not be read from its file", e);
                }
            }
        };
    }

    private ImageSeries image(Frames frames, int number) throws IOException {
        var source = frames.source(number);
        int columns = source.columns();
        int rows = source.rows();
        var values = new float[size(columns, rows, 1)];
        var grey = Regions.of(source.object()).masked(frames.grey(number), columns);
        for (int x = 0; x < columns; x++) {
            for (int y = 0; y < rows; y++) {
                values[x * rows + y] = grey[y * columns + x];
            }
        }
        var volume = new Volume(1, new Grid(List.of(columns, rows), flat(source)), values, most);
        return new ImageSeries(volume, List.of(source));
    }

    private static Affine flat(SourceFrame source) {
        var spacing = source.spacing().orElse(new SourceFrame.Spacing(1, 1));
        return Stack.affine(spacing.betweenColumns(), 0, 0, 0, 0, spacing.betweenRows(), 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    }

    private int size(int columns, int rows, int depth) {
        long size = (long) columns * rows * depth;
        if (size > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw new DicomRefused("An image of %dx%dx%d is more than the %d numbers that are allowed"
                    .formatted(columns, rows, depth, most));
        }
        return (int) size;
    }
}
