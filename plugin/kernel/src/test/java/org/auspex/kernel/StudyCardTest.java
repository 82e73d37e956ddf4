package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network of images that is asked about studies. */
class StudyCardTest {

    private static final Path MODEL = Path.of("../../testdata/models/breast-ultrasound-light/1.0.0");
    private static final int SIDE = 160;

    @TempDir
    private Path root;

    @Test
    void marksThePixelsThatItsGoldenCaseMarks() throws Exception {
        var golden = new ObjectMapper()
                .readTree(MODEL.resolve("golden/01-no-report.json").toFile());
        var picture = picture(golden.at("/tensors/0/data"), 1);

        var marked = marked(picture);

        var expected = StreamSupport.stream(golden.at("/outcome/tensors/0/data").spliterator(), false)
                .filter(logit -> logit.asDouble() > 0)
                .count();
        assertThat(pixels(marked.markings().get(0))).isCloseTo(expected, within((long) (0.02 * expected)));
        assertThat(marked.chances())
                .extracting(chance -> chance.output().name())
                .containsExactly("malignancy", "lesion");
        assertThat(marked.chances().get(0).probability())
                .isCloseTo(golden.at("/outcome/tensors/2/data/0").asDouble(), within(0.01));
    }

    @Test
    void bringsMasksBackIntoTheGridOfAPictureOfAnyShape() throws Exception {
        var golden = new ObjectMapper()
                .readTree(MODEL.resolve("golden/01-no-report.json").toFile());

        var marked = marked(picture(golden.at("/tensors/0/data"), 2));

        var mask = marked.markings().get(0).marks().get(0).mask();
        assertThat(mask.grid().shape()).containsExactly(2 * SIDE, 2 * SIDE);
        assertThat(pixels(marked.markings().get(0)) / 4.0)
                .isCloseTo(
                        pixels(marked(picture(golden.at("/tensors/0/data"), 1))
                                .markings()
                                .get(0)),
                        within(60.0));
        for (var doubt : marked.markings().get(0).uncertainty().orElseThrow().values()) {
            assertThat(doubt).isBetween(-0.001f, 1.001f);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "zeros: [text]; zeros: []; nothing gives 'text' its numbers - add it to zeros: in images",
                "tensor: malignancy; tensor: malignant; no tensor of the network holds it",
                "tensor: mask; tensor: lesion; a mask or uncertainty is one number for each voxel",
                "subject: ImagingStudy; subject: Patient; what is marked are images - write subject: ImagingStudy",
                "value: image; value: pixels; of an ImagingStudy its images are read",
                "from: ImagingStudy?modality=US; from: ImagingStudy; without a modality the model's own Segmentations",
                "value: image; value: image + frames: {evenly: 0}; so many frames of a loop, from 1 to 1000",
                "value: image; value: image + frames: {every: 1}; {evenly: 8}, or {every: 10, most: 100}",
                "value: image; value: volume + frames: {evenly: 8}; a volume is made of all slices - remove frames",
                "kind: mask; kind: score; a network of images gives no score - write mask",
            })
    void saysWhatIsWrongWithACard(String right, String wrong, String problem) throws IOException {
        var folder = folder();
        var card = folder.resolve("model.yaml");
        var text = Files.readString(card);
        assertThat(text).contains(right);
        Files.writeString(
                card, text.replaceFirst(java.util.regex.Pattern.quote(right), wrong.replace(" + ", "\n    ")));

        var refused =
                catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder));

        assertThat(refused.problems()).extracting(Problem::toString).anyMatch(line -> line.contains(problem));
    }

    private Outcome.Marked marked(Picture picture) throws Exception {
        try (var model = Kernel.loader().load(folder())) {
            var features = new Features(Map.of("image", new Feature.Pictured(List.of(picture))));
            return (Outcome.Marked) model.outcomes(List.of(features)).get(0);
        }
    }

    static long pixels(Marking marking) {
        long pixels = 0;
        for (var value : marking.marks().get(0).mask().values()) {
            pixels += value == 1 ? 1 : 0;
        }
        return pixels;
    }

    private Path folder() throws IOException {
        var folder = Files.createDirectories(root.resolve("breast-ultrasound-light/1.0.0"));
        for (var file : List.of("model.yaml", "model.pt")) {
            Files.copy(MODEL.resolve(file), folder.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    /** The picture of a golden case, each pixel so many times in both directions, in DICOM's numbers. */
    static Picture picture(JsonNode rows, int times) {
        var side = SIDE * times;
        var values = new float[side * side];
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                values[x * side + y] =
                        Math.round(255 * rows.get(y / times * SIDE + x / times).asDouble());
            }
        }
        return new Picture() {
            @Override
            public String name() {
                return "image";
            }

            @Override
            public Volume volume() {
                return new Volume(1, new Grid(List.of(side, side), Affine.identity()), values, 1 << 20);
            }

            @Override
            public Sighting sighting(Marking marking, Maker maker) {
                throw new UnsupportedOperationException("nothing is kept here");
            }
        };
    }
}
