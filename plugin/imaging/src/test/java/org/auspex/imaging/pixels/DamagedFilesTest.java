package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to a file, it is read or refused: nothing else is thrown, and nothing takes for ever. */
class DamagedFilesTest {

    private static final int MUTATIONS = 200;
    private static final int HEADER = 1200;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final DicomToolkit toolkit = new BusToolkit();
    private final PixelReader reader = new PixelReader(new PixelLimits(64 << 20, Duration.ofSeconds(5)));

    @TempDir
    Path folder;

    enum Kind {
        UNCOMPRESSED {
            @Override
            DicomObject object() {
                return new DicomObject(slice(), Examples.EXPLICIT);
            }
        },
        IMPLICIT {
            @Override
            DicomObject object() {
                return new DicomObject(enhanced(), "1.2.840.10008.1.2");
            }
        },
        RLE {
            @Override
            DicomObject object() {
                return Examples.encoded(slice(), Examples.RLE, Examples.rleOfWords(Examples.pixels(slice())));
            }
        },
        JPEG {
            @Override
            DicomObject object() throws IOException {
                return Examples.encoded(
                        Examples.bytes(48, 32, 3, "YBR_FULL_422", new byte[0]),
                        Examples.JPEG,
                        Examples.jpeg(48, 32, true));
            }
        },
        SLIDE {
            @Override
            DicomObject object() throws IOException {
                var tile = Examples.jpeg(16, 16, true);
                return Examples.encoded(sparse(), Examples.JPEG, tile, tile, tile, tile);
            }
        };

        abstract DicomObject object() throws IOException;
    }

    private static Dataset slice() {
        return Examples.grey(40, 30, (x, y) -> x * y)
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
                .set(Tags.IMAGE_POSITION_PATIENT, Vr.DS, 1.0, 2.0, 3.0)
                .set(Tags.IMAGE_ORIENTATION_PATIENT, Vr.DS, 1.0, 0, 0, 0, 1, 0)
                .set(Tags.PIXEL_SPACING, Vr.DS, 0.5, 0.5)
                .set(Tags.WINDOW_CENTER, Vr.DS, 40.0)
                .set(Tags.WINDOW_WIDTH, Vr.DS, 400.0)
                .set(0x00101030, Vr.DS, 70.0)
                .set(Tags.RESCALE_SLOPE, Vr.DS, 1.0)
                .set(Tags.RESCALE_INTERCEPT, Vr.DS, -1024.0);
    }

    private static Dataset enhanced() {
        return Examples.grey(20, 20, (x, y) -> x * y)
                .set(Tags.ROWS, Vr.US, 10)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2)
                .set(
                        Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new Dataset()
                                .set(Tags.PLANE_ORIENTATION_SEQUENCE, slice())
                                .set(Tags.PIXEL_MEASURES_SEQUENCE, slice()))
                .set(
                        Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        new Dataset().set(Tags.PLANE_POSITION_SEQUENCE, slice()),
                        new Dataset()
                                .set(
                                        Tags.PLANE_POSITION_SEQUENCE,
                                        new Dataset().set(Tags.IMAGE_POSITION_PATIENT, Vr.DS, 1.0, 2.0, 5.0)));
    }

    private static Dataset sparse() {
        return Examples.bytes(16, 16, 3, "YBR_FULL_422", new byte[0])
                .set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "VOLUME", "NONE")
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 4)
                .set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, "TILED_SPARSE")
                .set(Tags.TOTAL_PIXEL_MATRIX_COLUMNS, Vr.UL, 32)
                .set(Tags.TOTAL_PIXEL_MATRIX_ROWS, Vr.UL, 32)
                .set(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, place(1, 1), place(17, 1), place(1, 17), place(17, 17));
    }

    private static Dataset place(int column, int row) {
        return new Dataset()
                .set(
                        Tags.PLANE_POSITION_SLIDE_SEQUENCE,
                        new Dataset()
                                .set(Tags.COLUMN_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, column)
                                .set(Tags.ROW_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, row));
    }

    @ParameterizedTest
    @EnumSource
    void readsOrRefusesWhatWasChangedAtRandom(Kind kind) throws IOException {
        var whole = bytes(kind);
        assertThat(isRead(whole)).isTrue();
        int read = 0;

        for (int seed = 0; seed < MUTATIONS; seed++) {
            var mutated = mutated(whole, new Random(seed));
            read += assertTimeoutPreemptively(LONG, () -> isRead(mutated), "seed " + seed) ? 1 : 0;
        }

        assertThat(read).isBetween(1, MUTATIONS - 1);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsCutShort(Kind kind) throws IOException {
        var whole = bytes(kind);
        // after the last byte that is needed, there are delimiters and padding of at most 16
        for (int length = 0; length < whole.length - 16; length += 97) {
            assertThat(isRead(Arrays.copyOf(whole, length)))
                    .as("of %d bytes", length)
                    .isFalse();
        }
    }

    /** All that is asked of images. */
    private boolean isRead(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("file.dcm"), bytes);
        try {
            var object = toolkit.read(file, new ReadLimits(1 << 20, 10_000, 8, 256, 16 << 20));
            var frames = reader.open(object);
            for (int number = 1; number <= Math.min(4, frames.count()); number++) {
                frames.picture(number);
                frames.grey(number);
            }
            if (TileMatrix.isLevel(object.dataset())) {
                var slide = Slide.of(List.of(object), reader);
                slide.region(0, new Slide.Region(8, 8, 16, 16));
            } else if (frames.source(1).plane().isPresent()) {
                new SeriesReader(reader, 1 << 20).volume(List.of(object));
            }
            return true;
        } catch (DicomRefused e) {
            assertThat(e).hasMessageNotContaining("null");
            return false;
        }
    }

    private byte[] bytes(Kind kind) throws IOException {
        var out = new ByteArrayOutputStream();
        toolkit.write(kind.object(), out);
        return out.toByteArray();
    }

    private static byte[] mutated(byte[] whole, Random random) {
        var bytes = whole.clone();
        int within = random.nextBoolean() ? Math.min(HEADER, bytes.length) : bytes.length;
        int at = random.nextInt(within);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xFF : 0));
                return bytes;
            case 2:
                for (int i = at; i < at + length; i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
                return bytes;
            case 3:
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            default:
                return joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
