package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.Volume;
import org.junit.jupiter.api.Test;

class CropsTest {

    private static final int SIDE = 48;
    private static final int CROP = 32;
    private static final int PIXELS = CROP * CROP;

    /** Grey 10 and not marked; what is guessed is grey 20, marked and half as heavy. */
    private static final Example LABELLED = new Example(flat(10), flat(0));

    private static final Example GUESSED = new Example(flat(20), flat(1), Optional.of(flat(0.5f)));

    @Test
    void takesLabelledImagesAloneFully() {
        var drawn = new Crops(new Examples(List.of(LABELLED), List.of()), CROP, new Random(1)).draw(5);

        assertThat(drawn.image().shape()).containsExactly(5L, 1L, (long) CROP, (long) CROP);
        assertThat(drawn.weight().values()).containsOnly(1);
        assertThat(drawn.mask().values()).containsOnly(0);
        for (var grey : drawn.image().values()) {
            assertThat(grey).isCloseTo(10, within(1.0001));
        }
    }

    @Test
    void takesMostOfWhatIsGuessedAndExchangesBoxesWithWhatIsKnown() {
        var crops = new Crops(new Examples(List.of(LABELLED), List.of(GUESSED)), CROP, new Random(1));
        int whole = 0;
        int mixed = 0;
        for (int batch = 0; batch < 40; batch++) {
            var drawn = crops.draw(5);
            var greys = drawn.image().values();
            var masks = drawn.mask().values();
            var weights = drawn.weight().values();
            for (int crop = 0; crop < 5; crop++) {
                int guessed = 0;
                for (int i = crop * PIXELS; i < (crop + 1) * PIXELS; i++) {
                    var isGuessed = masks[i] == 1;
                    guessed += isGuessed ? 1 : 0;
                    assertThat(weights[i]).isEqualTo(isGuessed ? 0.5 : 1);
                    assertThat(greys[i]).isCloseTo(isGuessed ? 20 : 10, within(isGuessed ? 2.0001 : 1.0001));
                }
                if (crop < 2) {
                    assertThat(guessed).as("labelled crops come first").isZero();
                } else if (guessed == PIXELS) {
                    whole++;
                } else {
                    mixed++;
                    var box = Math.min(guessed, PIXELS - guessed);
                    assertThat((double) box / PIXELS).isBetween(0.14, 0.5625);
                }
            }
        }
        assertThat(whole + mixed).isEqualTo(120);
        assertThat(mixed).isBetween(40, 80);
    }

    private static Volume flat(float value) {
        var values = new float[SIDE * SIDE];
        Arrays.fill(values, value);
        return new Volume(1, new Grid(List.of(SIDE, SIDE), Affine.identity()), values, values.length);
    }
}
