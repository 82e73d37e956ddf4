package org.auspex.imaging.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.junit.jupiter.api.Test;

class ExtentTest {

    @Test
    void measuresADiscInMillimetres() {
        var source = List.of(new SourceFrame(
                new Dataset(), 1, 100, 100, Optional.empty(), Optional.of(new SourceFrame.Spacing(0.5, 0.25))));
        var disc = new BitSet();
        IntStream.range(0, 10_000)
                .filter(i -> Math.pow((i / 100 - 50) * 0.5, 2) + Math.pow((i % 100 - 50) * 0.25, 2) <= 100)
                .forEach(disc::set);

        var extent = Extent.of(new Mask(100, 100, List.of(disc)), source).orElseThrow();

        assertThat(extent.millimetres()).isTrue();
        assertThat(extent.area()).isCloseTo(Math.PI * 100, within(3.0));
        assertThat(extent.longAxis()).isCloseTo(20, within(0.6));
        assertThat(extent.perpendicularAxis()).isCloseTo(20, within(0.6));
        assertThat(extent.measurements())
                .extracting(Measurement::unit)
                .containsExactly(Measurement.MILLIMETRE, Measurement.MILLIMETRE, Measurement.SQUARE_MILLIMETRE);
    }

    @Test
    void measuresInPixelsWhereTheImageSaysNoSpacing() {
        var bar = new BitSet();
        bar.set(23, 30);

        var extent = Extent.of(new Mask(Sources.ROWS, Sources.COLUMNS, List.of(bar)), Sources.ultrasound())
                .orElseThrow();

        assertThat(extent.millimetres()).isFalse();
        assertThat(extent.longAxis()).isEqualTo(7);
        assertThat(extent.perpendicularAxis()).isEqualTo(1);
        assertThat(extent.measurements()).extracting(Measurement::unit).containsOnly(Measurement.PIXELS);
    }

    @Test
    void measuresTheSliceWithMostOfItAndTheVolume() {
        var small = new BitSet();
        small.set(0);
        var large = new BitSet();
        large.set(10, 14);
        var empty = new BitSet();

        var extent = Extent.of(
                        new Mask(Sources.ROWS, Sources.COLUMNS, List.of(empty, small, large, small, empty)),
                        Sources.oblique())
                .orElseThrow();

        assertThat(extent.frame()).isEqualTo(2);
        assertThat(extent.area()).isCloseTo(4 * 0.8 * 0.7, within(1e-9));
        assertThat(extent.volume().orElseThrow()).isCloseTo(6 * 0.8 * 0.7 * 2.5, within(1e-4));
    }

    @Test
    void tellsHowFarItDependsOnUnsurePixels() {
        var numbers = new float[Sources.ROWS * Sources.COLUMNS];
        java.util.Arrays.fill(numbers, 20, 29, 0.3f);
        java.util.Arrays.fill(numbers, 22, 27, 0.6f);
        java.util.Arrays.fill(numbers, 23, 25, 0.9f);
        var probability = new Raster(Sources.ROWS, Sources.COLUMNS, List.of(numbers));

        var measured =
                ExtentRange.of(probability, Sources.ultrasound()).orElseThrow().measurements();

        assertThat(measured)
                .containsExactly(
                        ranged(Measurement.LONG_AXIS, 5, 3, 4),
                        ranged(Measurement.PERPENDICULAR_AXIS, 1, 0, 0),
                        ranged(Measurement.AREA, 5, 3, 4));
    }

    private static Measurement ranged(Code concept, double value, double less, double more) {
        return new Measurement(concept, value, Measurement.PIXELS, Optional.of(new Measurement.Range(less, more)));
    }

    @Test
    void hasNoExtentOfNothing() {
        assertThat(Extent.of(new Mask(Sources.ROWS, Sources.COLUMNS, List.of(new BitSet())), Sources.ultrasound()))
                .isEmpty();
    }
}
