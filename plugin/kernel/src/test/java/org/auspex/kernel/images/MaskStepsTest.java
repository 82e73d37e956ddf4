package org.auspex.kernel.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The steps of an image, for a mask that lies on it. */
class MaskStepsTest {

    private static final Pipeline STEPS = new Pipeline(
            List.of(
                    new Transpose(),
                    new Resize(List.of(4), true, Resize.Mode.AREA),
                    new Pad(List.of(4), true, true, Padding.CONSTANT, 9),
                    new ScaleIntensityRange(0, 10, Optional.of(new ScaleIntensityRange.Ends(0, 1)), true),
                    new Repeat(3)),
            new WholeImage(),
            List.of());

    @Test
    void keepsAMaskOnItsImage() {
        var image = new float[2 * 8];
        image[1 * 8 + 2] = 10;
        image[1 * 8 + 3] = 10;
        var mask = new float[2 * 8];
        mask[1 * 8 + 2] = 1;
        mask[1 * 8 + 3] = 1;

        var seen = STEPS.seen(volume(image));
        var marked = STEPS.seenMask(volume(mask));

        assertThat(seen.channels()).isEqualTo(3);
        assertThat(marked.channels()).isEqualTo(1);
        assertThat(marked.grid().shape()).isEqualTo(seen.grid().shape()).containsExactly(4, 4);
        assertThat(seen.values()[1 * 4]).isEqualTo(0.5f);
        assertThat(marked.values()[1 * 4]).isEqualTo(1);
        assertThat(marked.values()).containsOnly(0, 1);
    }

    @Test
    void repeatsOnlyGreyImages() {
        var colour = new Repeat(3).apply(volume(new float[2 * 8]), new Trail());

        assertThatThrownBy(() -> new Repeat(3).apply(colour, new Trail()))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("this has 3");
    }

    private static Volume volume(float[] values) {
        return new Volume(1, new Grid(List.of(2, 8), Affine.identity()), values, 1000);
    }
}
