package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesReaderTest {

    private final SeriesReader reader = new SeriesReader(new PixelReader(PixelLimits.DEFAULT), 1_000_000);

    enum Direction {
        AXIAL(1, 0, 0, 0, 1, 0),
        FLIPPED(-1, 0, 0, 0, 1, 0),
        CORONAL(1, 0, 0, 0, 0, -1),
        OBLIQUE(0.8, 0.6, 0, -0.36, 0.48, 0.8);

        private final double[] along;

        Direction(double... along) {
            this.along = along;
        }
    }

    @ParameterizedTest
    @EnumSource
    void putsEachPixelWhereItLiesInThePatient(Direction direction) throws IOException {
        var objects = new ArrayList<DicomObject>();
        for (int i = 0; i < 4; i++) {
            int slice = i;
            objects.add(Examples.plain(
                    Examples.slice(position(direction, i), direction.along, (x, y) -> value(x, y, slice))));
        }
        Collections.shuffle(objects, new Random(1));

        var series = reader.volume(objects);

        assertThat(series.volume().grid().shape()).containsExactly(6, 5, 4);
        for (int z = 0; z < 4; z++) {
            var plane = series.slices().get(z).plane().orElseThrow();
            for (int x = 0; x < 6; x++) {
                for (int y = 0; y < 5; y++) {
                    assertThat(at(series, x, y, z)).isEqualTo(value(x, y, slice(direction, plane)) - 1024);
                    assertThat(place(series, x, y, z)).containsExactly(place(plane, x, y), within(1e-4));
                }
            }
        }
    }

    private static int value(int x, int y, int slice) {
        return 100 * slice + 10 * y + x;
    }

    /** 2 millimetres from one to the next. */
    private static double[] position(Direction direction, int slice) {
        var a = direction.along;
        var normal = new double[] {a[1] * a[5] - a[2] * a[4], a[2] * a[3] - a[0] * a[5], a[0] * a[4] - a[1] * a[3]};
        return new double[] {10 + 2 * slice * normal[0], -20 + 2 * slice * normal[1], 30 + 2 * slice * normal[2]};
    }

    private static int slice(Direction direction, Plane plane) {
        for (int i = 0; i < 4; i++) {
            var position = position(direction, i);
            if (Math.abs(plane.position().get(0) - position[0])
                            + Math.abs(plane.position().get(1) - position[1])
                            + Math.abs(plane.position().get(2) - position[2])
                    < 1e-6) {
                return i;
            }
        }
        throw new AssertionError("no slice lies at " + plane.position());
    }

    private static float at(ImageSeries series, int x, int y, int z) {
        var shape = series.volume().grid().shape();
        return series.volume().values()[(x * shape.get(1) + y) * shape.get(2) + z];
    }

    /** By the volume, in RAS+. */
    private static double[] place(ImageSeries series, int x, int y, int z) {
        var rows = series.volume().grid().affine().numbers();
        var place = new double[3];
        for (int i = 0; i < 3; i++) {
            place[i] = rows[4 * i] * x + rows[4 * i + 1] * y + rows[4 * i + 2] * z + rows[4 * i + 3];
        }
        return place;
    }

    /** By DICOM's equation (PS3.3, C.7.6.2.1.1), with the first two axes turned round. */
    private static double[] place(Plane plane, int column, int row) {
        var place = new double[3];
        for (int i = 0; i < 3; i++) {
            place[i] = plane.position().get(i)
                    + plane.along().get(i) * plane.spacing().get(1) * column
                    + plane.along().get(i + 3) * plane.spacing().get(0) * row;
        }
        return new double[] {-place[0], -place[1], place[2]};
    }

    @Test
    void readsAnEnhancedObjectByThePlacesOfItsFrames() throws IOException {
        var dataset = Examples.grey(2, 3, (x, y) -> y)
                .set(Tags.ROWS, Vr.US, 1)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 3)
                .set(
                        Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new Dataset()
                                .set(
                                        Tags.PLANE_ORIENTATION_SEQUENCE,
                                        new Dataset().set(Tags.IMAGE_ORIENTATION_PATIENT, Vr.DS, 1.0, 0, 0, 0, 1, 0))
                                .set(
                                        Tags.PIXEL_MEASURES_SEQUENCE,
                                        new Dataset().set(Tags.PIXEL_SPACING, Vr.DS, 1.0, 1.0)))
                .set(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, at(4), at(0), at(2));

        var series = reader.volume(List.of(Examples.plain(dataset)));

        assertThat(series.slices().stream().map(SourceFrame::number)).containsExactly(2, 3, 1);
        assertThat(series.volume().values()).containsExactly(1, 2, 0, 1, 2, 0);
    }

    private static Dataset at(double height) {
        return new Dataset()
                .set(
                        Tags.PLANE_POSITION_SEQUENCE,
                        new Dataset().set(Tags.IMAGE_POSITION_PATIENT, Vr.DS, 0.0, 0.0, height));
    }

    @Test
    void refusesAGap() {
        var objects = List.of(axial(0), axial(2), axial(4), axial(8));

        assertThatThrownBy(() -> reader.volume(objects))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("not evenly spaced")
                .hasMessageContaining("between slices 1 and 2 of 4 there are 2.00 mm, on average 2.67");
    }

    @Test
    void refusesSlicesAtOnePlace() {
        assertThatThrownBy(() -> reader.volume(List.of(axial(0), axial(2), axial(2), axial(4))))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("Slices 2 and 3 of 4 lie at the same place");
    }

    @Test
    void refusesSlicesOfAnotherDirectionOrWithoutAPlace() {
        var other = Examples.plain(Examples.slice(new double[] {0, 0, 2}, Direction.CORONAL.along, (x, y) -> 0));
        var nowhere = Examples.plain(Examples.grey(6, 5, (x, y) -> 0));

        assertThatThrownBy(() -> reader.volume(List.of(axial(0), other)))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("direction");
        assertThatThrownBy(() -> reader.volume(List.of(axial(0), nowhere)))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("no position");
        assertThatThrownBy(() -> reader.volume(List.of()))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("no objects");
    }

    @Test
    void followsATiltedGantry() throws IOException {
        var objects = List.of(
                Examples.plain(Examples.slice(new double[] {0, 0, 0}, Direction.AXIAL.along, (x, y) -> 0)),
                Examples.plain(Examples.slice(new double[] {0, 0.5, 2}, Direction.AXIAL.along, (x, y) -> 0)));

        assertThat(place(reader.volume(objects), 0, 0, 1)).containsExactly(new double[] {0, -0.5, 2}, within(1e-9));
    }

    @Test
    void readsASingleSliceByItsThickness() throws IOException {
        var slice = axial(3);
        slice.dataset().set(Tags.SLICE_THICKNESS, Vr.DS, 5.0);

        var series = reader.volume(List.of(slice));

        assertThat(series.volume().grid().shape()).containsExactly(6, 5, 1);
        assertThat(place(series, 0, 0, 1)[2]).isEqualTo(8);
    }

    @Test
    void refusesMoreThanMemoryAllows() {
        var small = new SeriesReader(new PixelReader(PixelLimits.DEFAULT), 50);

        assertThatThrownBy(() -> small.volume(List.of(axial(0), axial(2))))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("6x5x2");
    }

    @Test
    void masksWhatIsWrittenAroundAnUltrasoundImage() throws IOException {
        var region = region(1, 1, 2, 2).set(Tags.PHYSICAL_DELTA_X, Vr.FD, 0.05).set(Tags.PHYSICAL_DELTA_Y, Vr.FD, 0.02);
        var dataset = Examples.bytes(4, 3, 3, "RGB", filled(36)).set(Tags.SEQUENCE_OF_ULTRASOUND_REGIONS, region);

        var series = reader.image(Examples.plain(dataset), 1);

        assertThat(series.volume().grid().shape()).containsExactly(4, 3);
        assertThat(series.volume().values()).containsExactly(0, 0, 0, 0, 200, 200, 0, 200, 200, 0, 0, 0);
        assertThat(series.slices().get(0).spacing()).contains(new SourceFrame.Spacing(0.2, 0.5));
        assertThat(series.volume().grid().affine().numbers()).startsWith(0.5, 0, 0, 0, 0, 0.2);
    }

    @Test
    void tellsNoSpacingWhereThereIsNone() throws IOException {
        var series = reader.image(Examples.plain(Examples.grey(6, 5, (x, y) -> 0)), 1);

        assertThat(series.slices().get(0).spacing()).isEmpty();
        assertThat(series.slices().get(0).plane()).isEmpty();
    }

    @Test
    void tellsNoSpacingWhereRegionsDisagree() throws IOException {
        var first = region(0, 0, 1, 1).set(Tags.PHYSICAL_DELTA_X, Vr.FD, 0.05).set(Tags.PHYSICAL_DELTA_Y, Vr.FD, 0.05);
        var second = region(2, 0, 3, 1).set(Tags.PHYSICAL_DELTA_X, Vr.FD, 0.1).set(Tags.PHYSICAL_DELTA_Y, Vr.FD, 0.1);
        var dataset = Examples.grey(6, 5, (x, y) -> 0).set(Tags.SEQUENCE_OF_ULTRASOUND_REGIONS, first, second);

        assertThat(reader.image(Examples.plain(dataset), 1).slices().get(0).spacing())
                .isEmpty();
    }

    @Test
    void takesFramesOfALoopByASampling() throws IOException {
        var dataset = Examples.grey(1, 10, (x, y) -> y).set(Tags.ROWS, Vr.US, 1).set(Tags.NUMBER_OF_FRAMES, Vr.IS, 10);

        assertThat(clip(dataset, Sampling.every(4))).containsExactly(0f, 4f, 8f);
        assertThat(clip(dataset, Sampling.evenly(3))).containsExactly(1f, 5f, 8f);
        assertThat(clip(dataset, Sampling.evenly(99))).hasSize(10);
        assertThatThrownBy(() -> Sampling.every(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Float> clip(Dataset dataset, Sampling sampling) throws IOException {
        var values = new ArrayList<Float>();
        for (var image : reader.clip(Examples.plain(dataset), sampling)) {
            values.add(image.volume().values()[0]);
        }
        return values;
    }

    private static Dataset region(int left, int top, int right, int bottom) {
        return new Dataset()
                .set(Tags.REGION_SPATIAL_FORMAT, Vr.US, 1)
                .set(Tags.REGION_LOCATION_MIN_X0, Vr.UL, left)
                .set(Tags.REGION_LOCATION_MIN_Y0, Vr.UL, top)
                .set(Tags.REGION_LOCATION_MAX_X1, Vr.UL, right)
                .set(Tags.REGION_LOCATION_MAX_Y1, Vr.UL, bottom)
                .set(Tags.PHYSICAL_UNITS_X_DIRECTION, Vr.US, 3)
                .set(Tags.PHYSICAL_UNITS_Y_DIRECTION, Vr.US, 3);
    }

    private static DicomObject axial(double height) {
        return Examples.plain(Examples.slice(new double[] {0, 0, height}, Direction.AXIAL.along, (x, y) -> 0));
    }

    private static byte[] filled(int length) {
        var bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) 200);
        return bytes;
    }
}
