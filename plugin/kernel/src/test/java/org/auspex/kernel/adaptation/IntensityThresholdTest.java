package org.auspex.kernel.adaptation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.LabelledPicture;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;
import org.junit.jupiter.api.Test;

class IntensityThresholdTest {

    private static final float[] MASK = {1, 0, 0, 1};

    @Test
    void findsWhatIsDarkerInGrey() {
        var dark = one(1, 10, 90, 80, 20);

        var threshold = IntensityThreshold.best(List.of(dark));

        assertThat(threshold.above()).isFalse();
        assertThat(threshold.dice(dark)).isEqualTo(1);
    }

    /** In each colour one pixel of the other kind is as bright. */
    @Test
    void looksAtTheMeanOfColours() {
        var bright = one(3, 90, 80, 10, 90, 90, 10, 80, 90, 90, 10, 10, 90);

        var threshold = IntensityThreshold.best(List.of(bright));

        assertThat(threshold.above()).isTrue();
        assertThat(threshold.dice(bright)).isEqualTo(1);
    }

    private static LabelledCase one(int channels, float... image) {
        return new LabelledCase("ImagingStudy/1", "Patient/1", new Square(channels, image));
    }

    private record Square(int channels, float[] image) implements LabelledPicture, Picture {
        @Override
        public Picture picture() {
            return this;
        }

        @Override
        public String name() {
            return "image 1 of 1";
        }

        @Override
        public Volume volume() {
            return new Volume(channels, new Grid(List.of(2, 2), Affine.identity()), image, 12);
        }

        @Override
        public Volume mask() {
            return new Volume(1, new Grid(List.of(2, 2), Affine.identity()), MASK, 4);
        }

        @Override
        public Sighting sighting(Marking marking, Maker maker) {
            throw new UnsupportedOperationException("nothing is kept here");
        }
    }
}
