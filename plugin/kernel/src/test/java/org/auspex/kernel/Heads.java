package org.auspex.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.LabelledPicture;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;

/** The shared encoder, a head on it that has learnt nothing, and pictures of discs to learn. */
final class Heads {

    static final int SIDE = 64;

    private Heads() {}

    static Path encoder(Path models) throws IOException {
        return copy(models, "encoder", "1.0.0", List.of("model.yaml", "model.pt"));
    }

    /** It sees pictures in {@link #SIDE} pixels, which is quicker. */
    static Path head(Path models) throws IOException {
        var folder = copy(models, "lesions", "0.0.0", List.of("model.yaml", "head.pt"));
        var card = folder.resolve("model.yaml");
        Files.writeString(card, Files.readString(card).replace("size: [160]", "size: [%d]".formatted(SIDE)));
        return folder;
    }

    private static Path copy(Path models, String name, String version, List<String> files) throws IOException {
        var from = Kernel.SHIPPED.resolve(name).resolve(version);
        var to = Files.createDirectories(models.resolve(name).resolve(version));
        for (var file : files) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
        return to;
    }

    /** A grey disc in noise, beside a bright stripe that is not meant, so that no threshold finds the disc alone. */
    static LabelledPicture disc(int seed) {
        var random = new Random(seed);
        var x = 20 + random.nextInt(SIDE - 40);
        var y = 24 + random.nextInt(SIDE - 40);
        var radius = 8 + random.nextInt(5);
        var image = new float[SIDE * SIDE];
        var mask = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            var column = i / SIDE;
            var row = i % SIDE;
            mask[i] = Math.hypot(column - x, row - y) <= radius ? 1 : 0;
            image[i] = 60 + 100 * mask[i] + (row < 8 ? 100 : 0) + 20 * (float) random.nextGaussian();
        }
        return new Disc(image, mask);
    }

    private record Disc(float[] image, float[] marked) implements LabelledPicture {
        @Override
        public Picture picture() {
            return new Drawn(image);
        }

        @Override
        public Volume mask() {
            return drawn(marked);
        }
    }

    private record Drawn(float[] values) implements Picture {
        @Override
        public String name() {
            return "image 1 of 1";
        }

        @Override
        public Volume volume() {
            return drawn(values);
        }

        @Override
        public Sighting sighting(Marking marking, Maker maker) {
            throw new UnsupportedOperationException("nothing is kept here");
        }
    }

    private static Volume drawn(float[] values) {
        return new Volume(1, new Grid(List.of(SIDE, SIDE), Affine.identity()), values.clone(), 1 << 20);
    }
}
