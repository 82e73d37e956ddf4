package org.auspex.imaging.results.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.results.Findings;
import org.auspex.imaging.results.Sources;
import org.junit.jupiter.api.Test;

class EntropyTest {

    private static final double ONE_LEVEL = 1 / 255.0;

    @Test
    void givesTheProbabilityOnTheSideOfTheMask() {
        var bits = new Raster(1, 4, List.of(new float[] {0, 0.5f, 0.5f, 1}));
        var mask = new Mask(1, 4, List.of(BitSet.valueOf(new long[] {0b0011})));

        var probabilities = Entropy.probabilities(bits, mask).frames().get(0);

        assertThat(probabilities[0]).isEqualTo(1);
        assertThat(probabilities[1]).isCloseTo(0.88997f, within(1e-4f));
        assertThat(probabilities[2]).isCloseTo(0.11003f, within(1e-4f));
        assertThat(probabilities[3]).isCloseTo(0.5f, within(1e-4f));
    }

    @Test
    void takesWhatResamplingLeftBeyondTheEndsForTheEnds() {
        var bits = new Raster(1, 2, List.of(new float[] {-0.01f, 1.01f}));
        var mask = new Mask(1, 2, List.of(new BitSet()));

        assertThat(Entropy.probabilities(bits, mask).frames().get(0)).containsExactly(0, 0.5f);
    }

    @Test
    void isWhatAFractionalSegmentationOfTheSameMaskSays() throws IOException {
        var source = Sources.ultrasound();
        var probability = Findings.probability(1);
        var entropies = new float[Sources.ROWS * Sources.COLUMNS];
        for (int i = 0; i < entropies.length; i++) {
            entropies[i] = (float) Entropy.of(probability.frames().get(0)[i]);
        }
        var bits = new Raster(Sources.ROWS, Sources.COLUMNS, List.of(entropies));

        var object = Segmentations.probabilities(
                Findings.draft(source),
                List.of(new Segmented<>(
                        Findings.segment(1),
                        Entropy.probabilities(bits, Findings.lesion(1).pixels()))));

        assertThat(object.dataset().string(Tags.SEGMENTATION_FRACTIONAL_TYPE)).contains("PROBABILITY");
        var stored = (Value.Native)
                object.dataset().get(Tags.PIXEL_DATA).orElseThrow().value();
        var levels = stored.read(0, entropies.length);
        for (int i = 0; i < entropies.length; i++) {
            assertThat((levels[i] & 0xFF) * ONE_LEVEL)
                    .isCloseTo(probability.frames().get(0)[i], within(ONE_LEVEL));
        }
    }

    @Test
    void refusesADoubtAboutAnotherGrid() {
        var bits = new Raster(1, 2, List.of(new float[2]));

        assertThatThrownBy(() -> Entropy.probabilities(bits, new Mask(2, 1, List.of(new BitSet()))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
