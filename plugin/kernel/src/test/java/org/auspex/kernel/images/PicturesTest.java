package org.auspex.kernel.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Denoising and enhancing, against the pixel-by-pixel computation of {@code images/make.py}. */
class PicturesTest {

    private static final float NEAR = 1e-3f;

    @Test
    void denoisesByNonLocalMeans() throws IOException {
        var expected = expected(0);

        var found = new Denoise(1, 2, 25, 5).apply(picture(expected), new Trail());

        assertThat(found.values())
                .usingComparatorWithPrecision(NEAR)
                .containsExactly(floats(expected.path("expected")));
    }

    @Test
    void enhancesByClahe() throws IOException {
        var expected = expected(1);

        var found = new Enhance(2, 2, 16).apply(picture(expected), new Trail());

        assertThat(found.values())
                .usingComparatorWithPrecision(NEAR)
                .containsExactly(floats(expected.path("expected")));
    }

    @Test
    void treatsAVolumePictureByPicture() throws IOException {
        var picture = picture(expected(0));
        var both = new float[2 * picture.values().length];
        for (int i = 0; i < picture.values().length; i++) {
            both[2 * i] = picture.values()[i];
            both[2 * i + 1] = -picture.values()[i];
        }

        var found = new Denoise(1, 2, 25, 5)
                .apply(new Volume(1, new Grid(List.of(9, 8, 2), Affine.identity()), both, 1000), new Trail());

        var alone = new Denoise(1, 2, 25, 5).apply(picture, new Trail());
        for (int i = 0; i < alone.values().length; i++) {
            assertThat(found.values()[2 * i]).isEqualTo(alone.values()[i]);
            assertThat(found.values()[2 * i + 1]).isEqualTo(-alone.values()[i]);
        }
    }

    @Test
    void saysWhenAnImageWouldBecomeTooLarge() {
        var image = new Volume(1, new Grid(List.of(10, 10), Affine.identity()), new float[100], 1000);

        assertThatThrownBy(() -> new Spacing(List.of(0.1), false, false).apply(image, new Trail()))
                .isInstanceOf(ImageRefused.class)
                .hasMessage("1 channels of [91, 91] voxels are more than 1000 numbers, the most that"
                        + " auspex.inference.max-numbers allows; crop the image, or raise the limit and the memory");
        assertThatThrownBy(() -> new Resize(List.of(65536, 65536), false, Resize.Mode.AREA).apply(image, new Trail()))
                .isInstanceOf(ImageRefused.class);
        assertThatThrownBy(
                        () -> new Pad(List.of(16_000_000), false, false, Padding.CONSTANT, 0).apply(image, new Trail()))
                .isInstanceOf(ImageRefused.class);
    }

    @Test
    void saysWhenAnImageHasNoForeground() {
        var image = new Volume(1, new Grid(List.of(2, 2), Affine.identity()), new float[4], 1000);

        assertThatThrownBy(() -> new CropForeground(List.of(0), List.of(1), false, Padding.CONSTANT, 0)
                        .apply(image, new Trail()))
                .isInstanceOf(ImageRefused.class)
                .hasMessageStartingWith("no voxel is above 0");
    }

    @Test
    void bringsBackOnlyWhatIsAboutTheVoxelsThatTheNetworkSaw() {
        var image = new Volume(1, new Grid(List.of(4, 2), Affine.identity()), new float[8], 1000);
        var pipeline = new Pipeline(List.of(new Orientation("LPS")), new WholeImage(), List.of(new Invert(true)));

        assertThatThrownBy(() -> pipeline.run(image, batch -> new Batch(List.of(1, 1, 2, 1), new float[2])))
                .isInstanceOf(ImageRefused.class)
                .hasMessage("the network saw [4, 2] voxels and answered [2, 1], which cannot be brought back");
        assertThatThrownBy(() -> pipeline.run(image, batch -> new Batch(List.of(1, 3), new float[3])))
                .isInstanceOf(ImageRefused.class)
                .hasMessage("the network saw [4, 2] voxels and answered [], which cannot be brought back");
    }

    @Test
    void refusesAnAffineThatLeadsNowhereBack() {
        assertThatThrownBy(() -> Affine.of(1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("singular");
        assertThatThrownBy(() -> Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, Double.NaN))
                .isInstanceOf(ImageRefused.class);
    }

    private static JsonNode expected(int index) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src/test/resources/images/steps.json").toFile())
                .path("pictures")
                .get(index);
    }

    private static Volume picture(JsonNode node) {
        var shape = List.of(node.path("rows").asInt(), node.path("columns").asInt());
        return new Volume(1, new Grid(shape, Affine.identity()), floats(node.path("image")), 1000);
    }

    private static float[] floats(JsonNode numbers) {
        var floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(i).asDouble();
        }
        return floats;
    }
}
