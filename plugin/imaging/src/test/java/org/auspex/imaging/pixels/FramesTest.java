package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    /** 16 x 16 pixels of 12 bits, {@code (17 x y + 31 x) mod 4096}, by dcmtk's encoder: lossless, and lossy of 12 bits. */
    private static final String LOSSLESS =
            "/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAQABABAREA/8QAGwABAQADAQEBAAAAAAAAAAAACAcABQkGDBD/"
                    + "2gAIAQEAAQAA/b/f7/f7/f7/AH+/3+/3+/3+/wA9h7D2HsPYew9h7D2HsPYew9h7D2GUGg0Gg0Gg0Gg0Gg0Gg0Gg0HKlUqlUqlUqlUqlUqlUqlU"
                    + "qlljsdjsdjsdjsdjsdjsdjsdjy6XS6XS6XS6XS6XS6XS6XS6YhUKhUKhUKhUKhUKhUKhUKhcSyWSyWSyWSyWSyWSyWSyWS2KdTqdTqdTqdTqdTqd"
                    + "TqdTqfFwuFwuFwuFwuFwuFwuFwuFxjJZLJZLJZLJZLJZLJZLJZLJxtNptNptNptNptNptNptNptY63W63W63W63W63W63W63W68fj8fj8fj8fj8f"
                    + "j8fj8fj8fmdDehvQ3ob0N6G9DehvQ3ob0N6G9DehvQ3Oj3R7o90e6PdHuj3R7o90e6PdHuj3R74R3/9k=";

    private static final String LOSSY_OF_12_BITS =
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYU"
                    + "GBIUFRT/wQALDAAQABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAADQoL/8QALBAAAAMFBQcFAAAAAAAAAAAABAUGAwcIEhUACQoRYQILExYZJkMM"
                    + "GCdFYv/aAAgBAQAAPwA32wY2Hh6sPIvbNZqXB8E+c2Wmtt4vBjbkK6sPIvwHWalwfqZ85svzraWr0/fh4erD7b+2azUqf4J85pNNbJGu5Ut02wQQ"
                    + "53WK5vNbzV5sP8AN25CC5lRRHROxixZLojdk59xTq0kRiVAsF4t1gfCAhQm00RkpcYmhkcmYoOCAAgIkSJbMWLFo02f/2Q==";

    private static final int LOSSLESS_SIZE = 16;

    private final PixelReader reader = new PixelReader(PixelLimits.DEFAULT);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
    void readsUncompressedPixelsOfFiles(String transferSyntax) throws IOException {
        var dataset = Examples.grey(300, 200, (x, y) -> x + 13 * y);
        var bytes = Examples.bytes(301, 201, 1, "MONOCHROME2", ramp(301 * 201));

        var words = open(new DicomObject(dataset, transferSyntax)).stored(1);
        var single = open(new DicomObject(bytes, transferSyntax)).stored(1);

        assertThat(words).hasSize(60_000);
        assertThat(words[13 * 300 + 7]).isEqualTo(7 + 13 * 13);
        assertThat(words[59_999]).isEqualTo(299 + 13 * 199);
        assertThat(single[60_000]).isEqualTo(60_000 & 0xFF);
    }

    @Test
    void readsBytesInWordsOfBigEndian() throws IOException {
        var dataset = Examples.bytes(301, 201, 1, "MONOCHROME2", ramp(2 * 301 * 201));
        dataset.set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2).set(Tags.PIXEL_DATA, Vr.OW, ramp(2 * 301 * 201));

        var frames = open(new DicomObject(dataset, "1.2.840.10008.1.2.2"));

        // the second frame begins within a word
        assertThat(frames.stored(2)[0]).isEqualTo(301 * 201 & 0xFF);
        assertThat(frames.stored(2)[99]).isEqualTo(301 * 201 + 99 & 0xFF);
    }

    @ParameterizedTest
    @CsvSource({
        // stored bits, high bit, signed, word, value
        "12, 11, 0, 0xF801, 2049",
        "12, 11, 1, 0xF801, -2047",
        "12, 15, 0, 0x801F, 2049",
        "16, 15, 1, 0x8000, -32768",
        "16, 15, 0, 0x8000, 32768"
    })
    void cutsOffWhatIsNotStored(int stored, int high, int signed, String word, int value) throws IOException {
        var dataset = Examples.grey(2, 1, (x, y) -> Integer.decode(word))
                .set(Tags.BITS_STORED, Vr.US, stored)
                .set(Tags.HIGH_BIT, Vr.US, high)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, signed);

        assertThat(frames(dataset).stored(1)).containsExactly(value, value);
    }

    @Test
    void readsPackedBits() throws IOException {
        var dataset = Examples.described(3, 3, 1, "MONOCHROME2", 1, 1)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2)
                .set(Tags.PIXEL_DATA, Vr.OB, new byte[] {0b0101_0101, (byte) 0b1010_1010, 0b11});

        assertThat(frames(dataset).stored(1)).containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 0);
        assertThat(frames(dataset).stored(2)).containsExactly(1, 0, 1, 0, 1, 0, 1, 1, 1);
    }

    @Test
    void rescalesToUnitsOfTheModality() throws IOException {
        var dataset = Examples.grey(2, 1, (x, y) -> 1024 + x)
                .set(Tags.RESCALE_SLOPE, Vr.DS, 2.0)
                .set(Tags.RESCALE_INTERCEPT, Vr.DS, -1024.5);

        assertThat(frames(dataset).grey(1)).containsExactly(1023.5f, 1025.5f);
    }

    @Test
    void rescalesEachFrameOfAnEnhancedObjectByItsOwnNumbers() throws IOException {
        var dataset = Examples.grey(2, 2, (x, y) -> 10)
                .set(Tags.ROWS, Vr.US, 1)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2)
                .set(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, rescaled(1, 0), rescaled(3, -1));

        assertThat(frames(dataset).grey(1)).containsExactly(10, 10);
        assertThat(frames(dataset).grey(2)).containsExactly(29, 29);
    }

    private static Dataset rescaled(double slope, double intercept) {
        return new Dataset()
                .set(
                        Tags.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                        new Dataset()
                                .set(Tags.RESCALE_SLOPE, Vr.DS, slope)
                                .set(Tags.RESCALE_INTERCEPT, Vr.DS, intercept));
    }

    @Test
    void looksUpValuesOfTheModality() throws IOException {
        var table = new Dataset().set(Tags.LUT_DESCRIPTOR, Vr.US, 3, 100, 16).set(Tags.LUT_DATA, Vr.US, 7, 8, 60_000);
        var dataset = Examples.grey(4, 1, (x, y) -> 99 + x).set(Tags.MODALITY_LUT_SEQUENCE, table);

        assertThat(frames(dataset).grey(1)).containsExactly(7, 7, 8, 60_000);
    }

    @Test
    void turnsMonochrome1Round() throws IOException {
        var dataset =
                Examples.grey(2, 1, (x, y) -> 4095 * x).set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME1");

        assertThat(frames(dataset).grey(1)).containsExactly(4095, 0);
        assertThat(frames(dataset).rgb(1)).containsExactly(0xFFFFFF, 0);
    }

    @ParameterizedTest
    @CsvSource({
        // the examples of PS3.3, C.11.2.1.2.1: centre 2048, width 4096 of 0 to 4095
        "LINEAR, 2048, 4096, 0, 0",
        "LINEAR, 2048, 4096, 4095, 255",
        "LINEAR, 2048, 1, 2047, 0",
        "LINEAR, 2048, 1, 2048, 255",
        "LINEAR_EXACT, 2048, 4096, 2048, 128",
        "SIGMOID, 2048, 100, 2048, 128",
        "SIGMOID, 2048, 100, 3000, 255"
    })
    void showsAWindow(String function, double centre, double width, int stored, int brightness) throws IOException {
        var dataset = Examples.grey(1, 1, (x, y) -> stored)
                .set(Tags.WINDOW_CENTER, Vr.DS, centre)
                .set(Tags.WINDOW_WIDTH, Vr.DS, width)
                .set(Tags.VOI_LUT_FUNCTION, Vr.CS, function);

        assertThat(frames(dataset).rgb(1)[0]).isEqualTo(brightness * 0x010101);
    }

    @Test
    void showsATableOrEverything() throws IOException {
        var table = new Dataset()
                .set(Tags.LUT_DESCRIPTOR, Vr.US, 2, 5, 8)
                .set(Tags.LUT_DATA, Vr.OW, new byte[] {10, 0, (byte) 200, 0});
        var dataset = Examples.grey(3, 1, (x, y) -> 5 * x);

        assertThat(frames(dataset).rgb(1)).containsExactly(0, 0x808080, 0xFFFFFF);
        dataset.set(Tags.VOI_LUT_SEQUENCE, table);
        assertThat(frames(dataset).rgb(1)).containsExactly(0x0A0A0A, 0x0A0A0A, 0xC8C8C8);
        assertThat(frames(dataset).picture(1).getRGB(2, 0)).isEqualTo(0xFFC8C8C8);
    }

    @Test
    void readsColourInEveryOrder() throws IOException {
        var inPixels = new byte[] {1, 2, 3, 4, 5, 6};
        var inPlanes = new byte[] {1, 4, 2, 5, 3, 6};

        var pixels = Examples.bytes(2, 1, 3, "RGB", inPixels);
        var planes = Examples.bytes(2, 1, 3, "RGB", inPlanes).set(Tags.PLANAR_CONFIGURATION, Vr.US, 1);

        assertThat(frames(pixels).rgb(1)).containsExactly(0x010203, 0x040506);
        assertThat(frames(planes).rgb(1)).containsExactly(0x010203, 0x040506);
        assertThat(frames(pixels).grey(1)[0]).isEqualTo(0.299f + 2 * 0.587f + 3 * 0.114f, within(1e-5f));
    }

    @Test
    void readsLuminanceAndChrominance() throws IOException {
        // red, by the equations of PS3.3, C.7.6.3.1.2
        var full = new byte[] {76, 85, (byte) 255, 76, 85, (byte) 255};
        var halved = new byte[] {76, 76, 85, (byte) 255};

        assertThat(frames(Examples.bytes(2, 1, 3, "YBR_FULL", full)).rgb(1)).containsExactly(0xFE0000, 0xFE0000);
        assertThat(frames(Examples.bytes(2, 1, 3, "YBR_FULL_422", halved)).rgb(1))
                .containsExactly(0xFE0000, 0xFE0000);
    }

    @Test
    void looksUpColoursInAPalette() throws IOException {
        var dataset = Examples.bytes(3, 1, 1, "PALETTE COLOR", new byte[] {0, 1, 9})
                .set(Tags.RED_PALETTE_DESCRIPTOR, Vr.US, 2, 0, 16)
                .set(Tags.GREEN_PALETTE_DESCRIPTOR, Vr.US, 2, 0, 16)
                .set(Tags.BLUE_PALETTE_DESCRIPTOR, Vr.US, 2, 0, 8)
                .set(Tags.RED_PALETTE_DATA, Vr.OW, new byte[] {0, 0x11, 0, 0x22})
                .set(Tags.GREEN_PALETTE_DATA, Vr.OW, new byte[] {0, 0x33, 0, 0x44})
                .set(Tags.BLUE_PALETTE_DATA, Vr.OW, new byte[] {0x55, 0x66});

        assertThat(frames(dataset).rgb(1)).containsExactly(0x113355, 0x224466, 0x224466);
        assertThatThrownBy(() -> frames(dataset.set(Tags.BLUE_PALETTE_DESCRIPTOR, Vr.US, 20, 0, 8))
                        .rgb(1))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("(0028,1203)");
    }

    @Test
    void unpacksRle() throws IOException {
        var grey = Examples.grey(20, 30, (x, y) -> 100 * x + y);
        var colour = Examples.bytes(7, 5, 3, "RGB", ramp(105));

        var words = open(Examples.encoded(grey, Examples.RLE, Examples.rleOfWords(Examples.pixels(grey))));
        var bytes = open(Examples.encoded(colour, Examples.RLE, Examples.rle(Examples.pixels(colour), 3)));

        assertThat(words.stored(1)).isEqualTo(frames(grey).stored(1));
        assertThat(bytes.rgb(1)).isEqualTo(frames(colour).rgb(1));
    }

    @Test
    void unpacksRunsOfRle() throws IOException {
        var packed = Arrays.copyOf(new byte[] {1, 0, 0, 0, 64}, 64 + 6);
        System.arraycopy(new byte[] {-2, 9, -128, 1, 4, 5}, 0, packed, 64, 6);

        var frames = open(Examples.encoded(Examples.bytes(5, 1, 1, "MONOCHROME2", new byte[5]), Examples.RLE, packed));

        assertThat(frames.stored(1)).containsExactly(9, 9, 9, 4, 5);
    }

    @Test
    void decodesJpeg() throws IOException {
        var grey = Examples.bytes(64, 48, 1, "MONOCHROME2", new byte[0]);
        var colour = Examples.bytes(64, 48, 3, "YBR_FULL_422", new byte[0]);

        var ofGrey = open(Examples.encoded(grey, Examples.JPEG, Examples.jpeg(64, 48, false)));
        var ofColour = open(Examples.encoded(colour, Examples.JPEG, Examples.jpeg(64, 48, true)));

        assertThat(ofGrey.stored(1)).hasSize(64 * 48);
        int rgb = ofColour.rgb(1)[20 * 64 + 40];
        int expected = Examples.smooth(40, 20, 64, 48);
        assertThat(rgb >> 16).isCloseTo(expected >> 16, within(6));
        assertThat(rgb >> 8 & 0xFF).isCloseTo(expected >> 8 & 0xFF, within(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"})
    void decodesLosslessJpegOfMoreThan8Bits(String transferSyntax) throws IOException {
        var object = Examples.encoded(
                Examples.grey(LOSSLESS_SIZE, LOSSLESS_SIZE, (x, y) -> 0),
                transferSyntax,
                Base64.getDecoder().decode(LOSSLESS));

        var expected = frames(Examples.grey(LOSSLESS_SIZE, LOSSLESS_SIZE, (x, y) -> (17 * x * y + 31 * x) % 4096));
        assertThat(open(object).stored(1)).isEqualTo(expected.stored(1));
    }

    @Test
    void decodesJpeg2000() throws IOException {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_USHORT_GRAY);
        var colour = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                image.getRaster().setSample(x, y, 0, 1000 * x + y);
                colour.setRGB(x, y, Examples.smooth(x, y, 40, 30));
            }
        }
        var grey = Examples.grey(40, 30, (x, y) -> 1000 * x + y)
                .set(Tags.BITS_STORED, Vr.US, 16)
                .set(Tags.HIGH_BIT, Vr.US, 15);

        var decoded = open(Examples.encoded(grey, "1.2.840.10008.1.2.4.90", Examples.written(image, "jpeg2000")));
        var ofColour = open(Examples.encoded(
                Examples.bytes(40, 30, 3, "YBR_RCT", new byte[0]),
                "1.2.840.10008.1.2.4.91",
                Examples.written(colour, "jpeg2000")));

        assertThat(decoded.stored(1)).isEqualTo(frames(grey).stored(1));
        assertThat(ofColour.rgb(1)[10 * 40 + 30]).isEqualTo(Examples.smooth(30, 10, 40, 30));
    }

    @Test
    void decodesSignedJpeg2000() throws IOException {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                new int[] {16},
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_SHORT);
        var raster = model.createCompatibleWritableRaster(32, 16);
        for (int i = 0; i < 512; i++) {
            raster.setSample(i % 32, i / 32, 0, 10 * i - 2000);
        }
        var signed = Examples.grey(32, 16, (x, y) -> 10 * (32 * y + x) - 2000)
                .set(Tags.BITS_STORED, Vr.US, 16)
                .set(Tags.HIGH_BIT, Vr.US, 15)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 1);
        var encoded = Examples.written(new BufferedImage(model, raster, false, null), "jpeg2000");

        assertThat(open(Examples.encoded(signed, "1.2.840.10008.1.2.4.90", encoded))
                        .stored(1))
                .isEqualTo(frames(signed).stored(1));
    }

    @Test
    void findsTheFragmentsOfEachFrame() throws IOException {
        var jpeg = Examples.jpeg(64, 48, false);
        var start = Arrays.copyOf(jpeg, jpeg.length / 2 & ~1);
        var end = Arrays.copyOfRange(jpeg, start.length, jpeg.length + jpeg.length % 2);
        var dataset = Examples.bytes(64, 48, 1, "MONOCHROME2", new byte[0]).set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2);
        var byMarkers = Examples.encoded(dataset, Examples.JPEG, start, end, jpeg);
        var table = List.of(0L, 16L + start.length + end.length);
        var byTable = Examples.encoded(dataset, Examples.JPEG, start, end, jpeg);
        byTable.dataset().set(Tags.PIXEL_DATA, Vr.OB, new Value.Fragments(table, List.of(start, end, jpeg)));

        assertThat(open(byMarkers).stored(1)).isEqualTo(open(byMarkers).stored(2));
        assertThat(open(byTable).stored(1)).isEqualTo(open(byTable).stored(2));
        byTable.dataset().set(Tags.PIXEL_DATA, Vr.OB, new Value.Fragments(List.of(0L, 17L), List.of(start, end, jpeg)));
        assertThatThrownBy(() -> open(byTable)).isInstanceOf(DicomRefused.class).hasMessageContaining("offset table");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.4.80, JPEG-LS",
        "1.2.840.10008.1.2.4.81, JPEG-LS",
        "1.2.840.10008.1.2.4.102, 1.2.840.10008.1.2.4.102"
    })
    void refusesByNameWhatItDoesNotDecode(String transferSyntax, String named) {
        var object = Examples.encoded(Examples.grey(2, 2, (x, y) -> 0), transferSyntax, new byte[10]);

        assertThatThrownBy(() -> open(object))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining(named)
                .hasMessageContaining("transcode");
    }

    @Test
    void refusesLossyJpegOf12Bits() {
        var object = Examples.encoded(
                Examples.grey(LOSSLESS_SIZE, LOSSLESS_SIZE, (x, y) -> 0),
                "1.2.840.10008.1.2.4.51",
                Base64.getDecoder().decode(LOSSY_OF_12_BITS));

        assertThatThrownBy(() -> open(object).stored(1))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("JPEG of 12 bits")
                .hasMessageContaining("transcode");
    }

    @Test
    void refusesABombBeforeItIsMade() {
        var bomb =
                Examples.grey(1, 1, (x, y) -> 0).set(Tags.ROWS, Vr.US, 60_000).set(Tags.COLUMNS, Vr.US, 60_000);

        assertThatThrownBy(() -> frames(bomb))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("60000x60000")
                .hasMessageContaining("14400000000");
        // small enough for memory, and still not there
        assertThatThrownBy(() -> frames(bomb.set(Tags.ROWS, Vr.US, 1000)))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("cut short or lies");
        assertThatThrownBy(() ->
                        open(Examples.encoded(bomb, Examples.RLE, new byte[64])).stored(1))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("64 bytes of RLE");
    }

    @Test
    void refusesAnImageOfAnotherShapeThanDeclared() {
        var dataset = Examples.bytes(64, 64, 1, "MONOCHROME2", new byte[0]);

        assertThatThrownBy(() -> open(Examples.encoded(dataset, Examples.JPEG, Examples.jpeg(64, 48, false)))
                        .stored(1))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("64x48")
                .hasMessageContaining("64x64");
        assertThatThrownBy(() -> open(Examples.encoded(
                                dataset.set(Tags.NUMBER_OF_FRAMES, Vr.IS, 3), Examples.JPEG, new byte[2]))
                        .stored(1))
                .hasMessageContaining("3 frames");
        assertThatThrownBy(() -> frames(Examples.grey(2, 2, (x, y) -> 0)).stored(2))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("frame 2");
    }

    @Test
    void givesUpADecoderThatDoesNotEnd() {
        var deadline = new Deadline(Duration.ofMillis(20));
        var gate = new java.util.concurrent.CountDownLatch(1);

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> deadline.within(() -> {
                        while (gate.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return null;
                    }))
                    .isInstanceOf(DicomRefused.class)
                    .hasMessageContaining("PT0.02S");
        }

        assertThatThrownBy(() -> deadline.within(() -> null)).hasMessageContaining("4 frames");
        gate.countDown();
    }

    private Frames frames(Dataset dataset) throws IOException {
        return reader.open(Examples.plain(dataset));
    }

    /** By way of a file. */
    private Frames open(DicomObject object) throws IOException {
        var file = Files.createTempFile(folder, "object", ".dcm");
        try (var out = Files.newOutputStream(file)) {
            new BusToolkit().write(object, out);
        }
        return reader.open(new BusToolkit().read(file, new ReadLimits(1L << 40, 10_000, 8, 1000, 64 << 20)));
    }

    private static byte[] ramp(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
