package org.auspex.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.auspex.kernel.adaptation.LabelledCase;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.LabelledPicture;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;

/**
 * Fundus photographs with their vessels: {@code NN_image.png} and {@code NN_vessels.png}, 21 to 40.
 *
 * @param heldOut those that the shared encoder has not seen either, as its README tells
 * @param pool the others, in an order drawn once
 */
record Photographs(List<LabelledCase> heldOut, List<LabelledCase> pool) {

    private static final Set<Integer> HELD_OUT = Set.of(21, 23, 27, 30, 32, 35);

    static Photographs in(Path folder) {
        var heldOut = new ArrayList<LabelledCase>();
        var pool = new ArrayList<LabelledCase>();
        for (int number = 21; number <= 40; number++) {
            (HELD_OUT.contains(number) ? heldOut : pool)
                    .add(new LabelledCase(
                            "ImagingStudy/" + number, "Patient/" + number, new Photograph(folder, number)));
        }
        Collections.shuffle(pool, new Random(1));
        return new Photographs(heldOut, pool);
    }

    private record Photograph(Path folder, int number) implements LabelledPicture, Picture {
        @Override
        public Picture picture() {
            return this;
        }

        @Override
        public String name() {
            return "photograph " + number;
        }

        @Override
        public Volume volume() {
            return read("image", 3);
        }

        @Override
        public Volume mask() {
            var mask = read("vessels", 1);
            for (int i = 0; i < mask.values().length; i++) {
                mask.values()[i] = mask.values()[i] > 0 ? 1 : 0;
            }
            return mask;
        }

        @Override
        public Sighting sighting(Marking marking, Maker maker) {
            throw new UnsupportedOperationException("Nothing is kept of it");
        }

        /** Red, green and blue, or red alone. */
        private Volume read(String what, int channels) {
            var image = image(folder.resolve("%d_%s.png".formatted(number, what)));
            int columns = image.getWidth();
            int rows = image.getHeight();
            var values = new float[channels * columns * rows];
            for (int i = 0; i < values.length; i++) {
                var rgb = image.getRGB(i / rows % columns, i % rows);
                values[i] = rgb >> (16 - 8 * (i / rows / columns)) & 0xFF;
            }
            return new Volume(channels, new Grid(List.of(columns, rows), Affine.identity()), values, 1 << 24);
        }

        private static BufferedImage image(Path file) {
            try {
                return ImageIO.read(file.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        file + " cannot be read; --data is the folder of DRIVE's photographs", e);
            }
        }
    }
}
