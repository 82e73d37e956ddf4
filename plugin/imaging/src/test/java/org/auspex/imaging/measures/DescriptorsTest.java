package org.auspex.imaging.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.imaging.results.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what training measures: {@code testdata/models/breast-ultrasound/cases.py}. */
class DescriptorsTest {

    /** Training computes in single precision. */
    private static final double SINGLE = 2e-4;

    private static final int SIDE = 160;

    @ParameterizedTest
    @MethodSource("cases")
    void measuresWhatTrainingMeasures(List<String> row) {
        var expected = row.subList(12, 20).stream().map(Double::valueOf).toList();

        var measured = Quantities.of(scene(row));

        var numbers = List.of(
                measured.axes(),
                measured.ellipse(),
                measured.flat(),
                measured.size(),
                measured.edge(),
                measured.echo(),
                measured.texture(),
                measured.posterior());
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i))
                    .as("quantity %d of %s", i, row)
                    .isCloseTo(expected.get(i), within(SINGLE * Math.max(1, expected.get(i))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void usesTheWordsOfTraining(List<String> row) {
        var words = Descriptors.of(scene(row)).stream().map(Descriptor::word).toList();

        assertThat(words).isEqualTo(row.subList(20, 26));
    }

    @Test
    void saysWhereAWordComesFrom() throws IOException {
        var descriptors = Descriptors.of(scene(cases().toList().get(0)));

        assertThat(descriptors.get(1).because())
                .isEqualTo("orientation: parallel, since the width over the height is 2.01 (above 1.10)");
        assertThat(descriptors.get(1).evaluation().code()).isEqualTo(Optional.of(Code.dcm("111355", "Parallel")));
    }

    @Test
    void hasNoWordsForAnEmptyMask() {
        assertThatThrownBy(() -> new Lesion(2, 2, new float[4], new BitSet(), new BitSet()))
                .hasMessageContaining("empty mask");
    }

    static Stream<List<String>> cases() throws IOException {
        try (var in = Objects.requireNonNull(DescriptorsTest.class.getResourceAsStream("cases.csv"))) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
            return lines.skip(1).map(line -> Arrays.asList(line.split(","))).toList().stream();
        }
    }

    /** As {@code scene} in cases.py. */
    private static Lesion scene(List<String> row) {
        var p = row.subList(0, 12).stream().mapToDouble(Double::parseDouble).toArray();
        var mask = new BitSet();
        var valid = new BitSet();
        var image = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            int r = i / SIDE;
            int c = i % SIDE;
            var inEllipse = Math.pow((r - p[0]) / p[2], 2) + Math.pow((c - p[1]) / p[3], 2) <= 1;
            var inBar = p[6] > 0 && r >= p[4] && r <= p[6] && c >= p[5] && c <= p[7];
            valid.set(i, c >= p[10] && c < p[11]);
            mask.set(i, valid.get(i) && (inEllipse || inBar));
        }
        for (int i = 0; i < image.length; i++) {
            int r = i / SIDE;
            int c = i % SIDE;
            var grey = 0.3 + (3 * r * r + 7 * c + 5 * r * c) % 101 / 400.0;
            var inside = p[8] > 0 || c % 2 == 0 ? Math.abs(p[8]) : 1;
            grey *= mask.get(i) ? inside : shaded(mask, i) ? p[9] : 1;
            image[i] = valid.get(i) ? (float) Math.min(1, grey) : 0;
        }
        return new Lesion(SIDE, SIDE, image, mask, valid);
    }

    private static boolean shaded(BitSet mask, int pixel) {
        for (int i = pixel; i >= 0; i -= SIDE) {
            if (mask.get(i)) {
                return true;
            }
        }
        return false;
    }
}
