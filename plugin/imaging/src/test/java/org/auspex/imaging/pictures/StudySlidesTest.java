package org.auspex.imaging.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.kernel.evidence.PictureSource.Wish;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tissue of synthetic slides, whose cells are known, as tiles. */
class StudySlidesTest {

    private static final Path SLIDE = Path.of("../../testdata/models/tki-response/1.0.0/slide");
    private static final Tiling.Tissue TISSUE = new Tiling.Tissue(0.07, 0.95, 0.5);
    private static final Tiling TILING = new Tiling(64, 0.5, 256, TISSUE, "attention");

    private final BusToolkit toolkit = new BusToolkit();

    @TempDir
    private Path folder;

    @Test
    void findsTheCellsWithTissueAndNoOthers() throws IOException {
        var tiles = slide(level -> {}).tiles(TILING);

        assertThat(tiles.places()).containsExactlyInAnyOrderElementsOf(cells("planted", "decoy", "ordinary"));
        assertThat(tiles.tissue()).containsExactly(tiles.places().size());
        assertThat(tiles.batch().shape()).containsExactly(tiles.places().size(), 3, 64, 64);
        // Pink: red before blue before green.
        var pixels = tiles.batch().values();
        assertThat(mean(pixels, 0)).isGreaterThan(mean(pixels, 2));
        assertThat(mean(pixels, 2)).isGreaterThan(mean(pixels, 1));
    }

    private static double mean(float[] tiles, int channel) {
        double sum = 0;
        for (int i = 0; i < 64 * 64; i++) {
            sum += tiles[channel * 64 * 64 + i];
        }
        return sum / 64 / 64;
    }

    @Test
    void takesSomeAtEvenDistancesOfMoreThanTheCardAllows() throws IOException {
        var all = slide(level -> {}).tiles(TILING);
        var some = slide(level -> {}).tiles(new Tiling(64, 0.5, 5, TISSUE, "attention"));

        assertThat(some.places()).hasSize(5).isSubsetOf(all.places());
        assertThat(some.tissue()).containsExactly(all.places().size());
    }

    @Test
    void looksAtTheLevelOfTheScaleThatIsAskedFor() throws IOException {
        var coarse = slide(level -> {}).tiles(new Tiling(16, 2, 256, TISSUE, "attention"));
        var between = slide(level -> {}).tiles(new Tiling(32, 1, 256, TISSUE, "attention"));

        assertThat(coarse.places()).containsExactlyInAnyOrderElementsOf(cells("planted", "decoy", "ordinary"));
        assertThat(between.places()).isEqualTo(coarse.places());
        assertThat(between.pixels().get(0)).hasSize(32 * 32);
    }

    @Test
    void abstainsFromWhatNothingCanBeSaidAbout() {
        assertThatThrownBy(() -> slide(StudySlidesTest::blank).tiles(TILING))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageContaining("no tissue: none of 64 tiles of 32 micrometres");
        assertThatThrownBy(() -> slide(level -> level.set(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, new Dataset()))
                        .tiles(TILING))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageContaining("Pixel Spacing");
        assertThatThrownBy(() -> slide(level -> {}).tiles(new Tiling(64, 0.25, 256, TISSUE, "attention")))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageContaining("0.500 micrometres to a pixel, and the model looks at 0.250");
        assertThatThrownBy(() -> slide(level -> {}).tiles(new Tiling(1024, 0.5, 256, TISSUE, "attention")))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageContaining("smaller than one tile of 1024 x 1024");
    }

    @Test
    void saysWhereTheNetworkLookedAndDrawsIt() throws IOException {
        var slide = slide(level -> {});
        var tiles = slide.tiles(TILING);
        var planted = cells("planted").get(0);
        var at = tiles.places().indexOf(planted);
        var weights = new Double[tiles.places().size()];
        Arrays.fill(weights, 0.1 / (weights.length - 1));
        weights[at] = 0.9;

        var sighting = slide.sightings(new Attention(slide, tiles.places(), tiles.tissue(), List.of(weights)))
                .get(0);

        // Rows run along -y from 40 mm, columns along -x from 20 mm, 0.0005 mm a pixel.
        assertThat(sighting.words().get(1))
                .isEqualTo(
                        "90.0 %% of the attention on the tile at column %d, row %d (x %.3f mm, y %.3f mm on the slide)",
                        planted.column() + 1,
                        planted.row() + 1,
                        20 - (planted.row() + 31.5) * 0.0005,
                        40 - (planted.column() + 31.5) * 0.0005);
        assertThat(sighting.words()).hasSize(6);
        var picture = ImageIO.read(new ByteArrayInputStream(sighting.overlay().orElseThrow()));
        assertThat(picture.getWidth()).isEqualTo(512);
        // Yellow where it looked, dark elsewhere on tissue, glass as it was.
        var looked = picture.getRGB(planted.column() + 32, planted.row() + 32);
        var other = cells("ordinary").get(0);
        var not = picture.getRGB(other.column() + 32, other.row() + 32);
        assertThat(looked >> 8 & 0xFF).isGreaterThan((not >> 8 & 0xFF) + 60);
        assertThat(picture.getRGB(500, 500) & 0xFF).isGreaterThan(230);
    }

    @Test
    void sharesTheTilesOutAmongSlidesByTheirTissue() throws IOException {
        var tiles = slides(level -> {}, StudySlidesTest::blank, level -> {})
                .tiles(new Tiling(64, 0.5, 20, TISSUE, "attention"));

        var each = cells("planted", "decoy", "ordinary").size();
        assertThat(tiles.tissue()).containsExactly(each, 0, each);
        assertThat(tiles.places()).extracting(Tiles.Tile::slide).containsOnly(0, 2);
        assertThat(tiles.places()).filteredOn(tile -> tile.slide() == 0).hasSize(10);
        assertThat(tiles.places()).filteredOn(tile -> tile.slide() == 2).hasSize(10);
    }

    @Test
    void saysOnWhichOfSeveralSlidesTheNetworkLookedAndDrawsEach() throws IOException {
        var slides = slides(level -> {}, StudySlidesTest::blank, level -> {});
        var tiles = slides.tiles(TILING);
        var planted = cells(2, "planted").get(0);
        var weights = new Double[tiles.places().size()];
        Arrays.fill(weights, 0.1 / (weights.length - 1));
        weights[tiles.places().indexOf(planted)] = 0.9;

        var sightings = slides.sightings(new Attention(slides, tiles.places(), tiles.tissue(), List.of(weights)));

        assertThat(sightings).hasSize(3);
        assertThat(sightings.get(0).words().get(0))
                .startsWith("Slide 1 of 3 (series 2.25.900.1), with 5.1 % of the attention: looked at 31 of 31 tiles");
        assertThat(sightings.get(1).words())
                .containsExactly(
                        "Slide 2 of 3 (series 2.25.900.2), with 0.0 % of the attention: looked at 0 of 0 tiles with tissue");
        assertThat(sightings.get(2).words().get(1))
                .startsWith("90.0 %% of the attention on the tile at column %d, row %d"
                        .formatted(planted.column() + 1, planted.row() + 1))
                .endsWith(" of slide 3");
        // Five are named of all slides together.
        assertThat(sightings.stream().mapToInt(one -> one.words().size() - 1).sum())
                .isEqualTo(5);
        // The same attention has the same colour on each.
        var other =
                ImageIO.read(new ByteArrayInputStream(sightings.get(0).overlay().orElseThrow()));
        var looked =
                ImageIO.read(new ByteArrayInputStream(sightings.get(2).overlay().orElseThrow()));
        var x = planted.column() + 32;
        var y = planted.row() + 32;
        assertThat(looked.getRGB(x, y) >> 8 & 0xFF).isGreaterThan((other.getRGB(x, y) >> 8 & 0xFF) + 60);
    }

    @Test
    void namesTheSlideOfSeveralThatNothingCanBeSaidAbout() {
        assertThatThrownBy(() -> slides(
                                level -> {}, level -> level.set(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, new Dataset()))
                        .tiles(TILING))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageStartingWith("slide 2 of 2 (series 2.25.900.2): ")
                .hasMessageContaining("Pixel Spacing");
        assertThatThrownBy(() ->
                        slides(StudySlidesTest::blank, StudySlidesTest::blank).tiles(TILING))
                .isInstanceOf(SlideUnusable.class)
                .hasMessageStartingWith("the 2 slides show no tissue: none of 128 tiles");
    }

    @Test
    void passesOverASeriesOfLabelsAndRefusesOneThatTheArchiveLacks() throws IOException {
        var withLabel =
                slides(level -> {}, level -> level.set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "LABEL", "NONE"));

        assertThat(withLabel.tiles(TILING).tissue()).hasSize(1);
        assertThatThrownBy(() -> stored(List.of(level -> {}), List.of("2.25.900.1", "2.25.900.7")))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("series 2.25.900.7");
    }

    /** Glass in one tile, uncompressed. */
    private static void blank(Dataset level) {
        int side = level.integer(Tags.TOTAL_PIXEL_MATRIX_COLUMNS).orElseThrow();
        var glass = new byte[side * side * 3];
        Arrays.fill(glass, (byte) 243);
        level.set(Tags.NUMBER_OF_FRAMES, Vr.IS, 1L)
                .set(Tags.ROWS, Vr.US, (long) side)
                .set(Tags.COLUMNS, Vr.US, (long) side)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "RGB")
                .set(Tags.PIXEL_DATA, Vr.OB, glass);
    }

    private TiledImage slide(Consumer<Dataset> change) throws IOException {
        return slides(change);
    }

    /** A slide for each change, in a series of its own. */
    @SafeVarargs
    private TiledImage slides(Consumer<Dataset>... changes) throws IOException {
        var series = IntStream.rangeClosed(1, changes.length)
                .mapToObj("2.25.900.%d"::formatted)
                .toList();
        return stored(List.of(changes), series);
    }

    private TiledImage stored(List<Consumer<Dataset>> changes, List<String> asked) throws IOException {
        var home = Files.createTempDirectory(folder, "archive");
        var archive = new FolderArchive(home.resolve("dicom"), toolkit, ReadLimits.DEFAULT, 0, Clock.systemUTC());
        var copies = new Copies(home.resolve("copies"), toolkit, ReadLimits.DEFAULT);
        copies.within(files -> {
            var written = new ArrayList<Path>();
            for (int i = 0; i < changes.size() * 2; i++) {
                var slide = i / 2;
                var number = i % 2 + 1;
                var object = toolkit.read(SLIDE.resolve("level-%d.dcm".formatted(number)), ReadLimits.DEFAULT);
                object.dataset()
                        .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "2.25.900.%d".formatted(slide + 1))
                        .set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.900.%d.%d".formatted(slide + 1, number));
                changes.get(slide).accept(object.dataset());
                var plain =
                        object.dataset().string(Tags.PHOTOMETRIC_INTERPRETATION).equals(Optional.of("RGB"));
                written.add(copies.write(
                        new DicomObject(object.dataset(), plain ? "1.2.840.10008.1.2.1" : object.transferSyntax()),
                        files));
            }
            return archive.store(written);
        });
        var reader = new PictureReader(copies, new SeriesReader(new PixelReader(PixelLimits.DEFAULT), 1 << 20));
        var study = new ImagingStudy();
        study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:2.25.900");
        return new StudyPictures(any -> archive, reader, Form.BINARY)
                .slides(new Wish(study, asked, false, FrameSampling.USUAL));
    }

    private static List<Tiles.Tile> cells(String... kinds) throws IOException {
        return cells(0, kinds);
    }

    private static List<Tiles.Tile> cells(int slide, String... kinds) throws IOException {
        return Files.readAllLines(SLIDE.resolve("cells.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cell -> Set.of(kinds).contains(cell[0]))
                .map(cell -> new Tiles.Tile(slide, Integer.parseInt(cell[1]), Integer.parseInt(cell[2]), 64))
                .toList();
    }
}
