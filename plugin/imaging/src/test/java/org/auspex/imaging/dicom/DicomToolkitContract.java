package org.auspex.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter does, whichever toolkit it is to. */
public abstract class DicomToolkitContract {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    private static final String JPEG = "1.2.840.10008.1.2.4.50";

    @TempDir
    Path folder;

    protected abstract DicomToolkit toolkit();

    @ParameterizedTest
    @ValueSource(strings = {EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED})
    void readsWhatItWrote(String transferSyntax) throws IOException {
        var dataset = everyKind();

        var read = read(write(new DicomObject(dataset, transferSyntax)));

        assertThat(read.transferSyntax()).isEqualTo(transferSyntax);
        assertSame(read.dataset(), dataset);
    }

    @Test
    void readsTheYoungestValueRepresentations() throws IOException {
        var dataset = identified()
                .set(0x00720082, Vr.SV, Long.MIN_VALUE, 7L)
                .set(0x00720083, Vr.UV, Long.MAX_VALUE)
                .set(Tags.EXTENDED_OFFSET_TABLE, Vr.OV, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

        assertSame(read(write(new DicomObject(dataset, EXPLICIT))).dataset(), dataset);
        assertSame(read(write(new DicomObject(dataset, BIG_ENDIAN))).dataset(), dataset);
    }

    @Test
    void writesOurOwnNameIntoTheFileMetaInformation() throws IOException {
        var written = new String(write(new DicomObject(identified(), EXPLICIT)), StandardCharsets.ISO_8859_1);

        assertThat(written).contains("2.25.60676897091246488716804238188645338519", "AUSPEX_0_1");
        assertThat(written).doesNotContain("aoju", "dcm4che");
    }

    @ParameterizedTest
    @ValueSource(strings = {EXPLICIT, IMPLICIT, BIG_ENDIAN})
    void leavesPixelDataInItsFile(String transferSyntax) throws IOException {
        var pixels = random(100_001);
        var dataset = identified().set(Tags.PIXEL_DATA, Vr.OW, Arrays.copyOf(pixels, 100_000));
        var file = file(new DicomObject(dataset, transferSyntax));

        var read = toolkit().read(file, ReadLimits.DEFAULT);
        var value =
                (Value.InFile) read.dataset().get(Tags.PIXEL_DATA).orElseThrow().value();

        assertThat(value.length()).isEqualTo(100_000);
        assertThat(value.bigEndian()).isEqualTo(transferSyntax.equals(BIG_ENDIAN));
        assertThat(value.read(50_000, 2))
                .containsExactly(
                        value.bigEndian() ? pixels[50_001] : pixels[50_000],
                        value.bigEndian() ? pixels[50_000] : pixels[50_001]);
    }

    @Test
    void writesFromOneFileToAnotherInAnotherOrderOfBytes() throws IOException {
        var pixels = random(3_000_000);
        var file = file(new DicomObject(identified().set(Tags.PIXEL_DATA, Vr.OW, pixels), BIG_ENDIAN));
        var inFile = toolkit().read(file, ReadLimits.DEFAULT);

        var read = read(write(new DicomObject(inFile.dataset(), EXPLICIT)));

        assertThat(bytes(read, Tags.PIXEL_DATA)).isEqualTo(pixels);
    }

    @Test
    void leavesFragmentsInTheirFile() throws IOException {
        var fragments = new Value.Fragments(List.of(0L, 108L), List.of(random(100), random(50_000)));
        var dataset = identified().set(Tags.PIXEL_DATA, Vr.OB, fragments);
        var file = file(new DicomObject(dataset, JPEG));

        var read = toolkit().read(file, ReadLimits.DEFAULT);
        var value = (Value.FragmentsInFile)
                read.dataset().get(Tags.PIXEL_DATA).orElseThrow().value();

        assertThat(value.table()).containsExactly(0L, 108L);
        assertThat(value.count()).isEqualTo(2);
        assertThat(value.fragment(1)).isEqualTo(fragments.fragment(1));
        assertThat(write(read)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void keepsFragmentsOfAStreamInMemory() throws IOException {
        var fragments = new Value.Fragments(List.of(), List.of(random(101)));

        var read = read(write(new DicomObject(identified().set(Tags.PIXEL_DATA, Vr.OB, fragments), JPEG)));

        var value = (Value.Fragments)
                read.dataset().get(Tags.PIXEL_DATA).orElseThrow().value();
        assertThat(value.fragment(0)).hasSize(102).startsWith(fragments.fragment(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO_IR 100:Müller", "ISO_IR 192:王小东 Привет", "GB18030:王小东"})
    void readsTextInItsCharacterSet(String example) throws IOException {
        var text = example.split(":");
        var dataset = identified()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, text[0])
                .set(0x00081030, Vr.LO, text[1])
                .set(0x00081110, new Dataset().set(0x00081030, Vr.LO, text[1]));

        assertSame(read(write(new DicomObject(dataset, EXPLICIT))).dataset(), dataset);
    }

    @Test
    void writesNoTextThatItsCharacterSetHasNot() {
        var dataset = identified().set(0x00081030, Vr.LO, "王小东");

        assertThatThrownBy(() -> write(new DicomObject(dataset, EXPLICIT)))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("(0008,1030)")
                .hasMessageContaining("ISO_IR 192")
                .hasMessageNotContaining("王");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ISO_IR 6", "no such set"})
    void makesNoLettersOfBytesWithoutACharacterSet(String code) throws IOException {
        var file = new Bytes().start().text("CS", Tags.SPECIFIC_CHARACTER_SET, code);
        file.text("LO", 0x00081030, "a\u00D6\u00D0z");

        var text = read(file.bytes()).dataset().string(0x00081030).orElseThrow();

        assertThat(text).startsWith("a").endsWith("z").matches("\\p{ASCII}+");
    }

    @Test
    void readsASequenceOfUnknownRepresentation() throws IOException {
        var file = new Bytes().start();
        file.text("UI", 0x00080018, "1.2.3 ");
        // as a writer does that does not know the tag: UN, and implicit VR within
        file.longHeader(0x00091010, "UN", -1);
        file.word(0xE000FFFE).word(-1).word(0x00100008).word(2).raw("X ".getBytes(StandardCharsets.US_ASCII));
        file.word(0xE00DFFFE).word(0).word(0xE0DDFFFE).word(0);

        var dataset = read(file.bytes()).dataset();

        assertThat(dataset.item(0x00091010).orElseThrow().has(0x00080010)).isTrue();
    }

    @Test
    void readsAnUnknownRepresentationAsBytes() throws IOException {
        var file = new Bytes().start();
        file.longHeader(0x00091010, "ZZ", 2).raw(new byte[] {7, 8});
        file.text("UI", 0x00200010, "1.2.3 ");

        var dataset = read(file.bytes()).dataset();

        assertThat(dataset.get(0x00091010).orElseThrow().vr()).isEqualTo(Vr.UN);
        assertThat(dataset.string(0x00200010)).contains("1.2.3");
    }

    @Test
    void refusesWhatIsNoDicomFile() {
        assertRefused("".getBytes(StandardCharsets.US_ASCII), "no DICOM file");
        assertRefused("%PDF-1.4".repeat(100).getBytes(StandardCharsets.US_ASCII), "no DICOM file");
        assertRefused(new byte[1000], "no DICOM file");
    }

    @Test
    void refusesAFileThatIsCutShortAnywhere() throws IOException {
        var dataset = everyKind().set(Tags.PIXEL_DATA, Vr.OW, random(70_000));
        var whole = write(new DicomObject(dataset, EXPLICIT));
        int refused = 0;

        for (int length = 0; length < whole.length; length += 97) {
            var cut = Files.write(folder.resolve("cut.dcm"), Arrays.copyOf(whole, length));
            refused += outcome(cut) ? 0 : 1;
        }

        // a cut between two elements cannot be seen; there are fewer than twenty in this file
        assertThat(refused).isGreaterThan(whole.length / 97 - 20);
    }

    @Test
    void refusesLengthsThatLie() throws IOException {
        assertRefused(new Bytes().start().longHeader(0x7FE00010, "OW", 1 << 30).bytes(), "memory");
        assertRefused(new Bytes().start().longHeader(0x7FE00010, "OW", 1 << 20).bytes(), "cut short");
        var file = Files.write(
                folder.resolve("lie.dcm"),
                new Bytes().start().longHeader(0x7FE00010, "OW", -2).bytes());
        assertThatThrownBy(() -> toolkit().read(file, ReadLimits.DEFAULT))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("4294967294")
                .hasMessageContaining("lies");
        // an item that is longer than its sequence
        assertRefused(
                new Bytes()
                        .start()
                        .longHeader(0x00081110, "SQ", 16)
                        .word(0xE000FFFE)
                        .word(1000)
                        .raw(new byte[2000])
                        .bytes(),
                "(FFFE,E000)");
        assertRefused(new Bytes().start().text("US", 0x00280010, "abc").bytes(), "(0028,0010)");
        assertRefused(new Bytes().start().longHeader(0x00091010, "OB", -1).bytes(), "has no length");
    }

    @Test
    void quotesNoTextThatMayBeAboutAPatient() throws IOException {
        var dataset = read(new Bytes()
                        .start()
                        .text("DS", 0x00101030, "Doe^Jo")
                        .text("DS", 0x00101040, "1.2.3 ")
                        .bytes())
                .dataset();

        assertThatThrownBy(() -> dataset.number(0x00101030))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("(0010,1030)")
                .hasMessageNotContaining("Doe");
        assertThatThrownBy(() -> dataset.number(0x00101040)).hasMessageContaining("'1.2.3'");
    }

    @Test
    void refusesMoreThanTheLimits() throws IOException {
        var limits = new ReadLimits(2_000, 30, 3, 64, 100_000);
        var many = identified();
        for (int i = 0; i < 30; i++) {
            many.set(0x00100000 + 0x10 * (i + 1), Vr.LO, "x");
        }

        assertRefused(write(new DicomObject(many, EXPLICIT)), limits, "more than the 30 elements");
        assertRefused(write(new DicomObject(nested(4), EXPLICIT)), limits, "more than the 3 deep");
        assertRefused(
                write(new DicomObject(identified().set(0x00420011, Vr.OB, random(3_000)), EXPLICIT)),
                limits,
                "at most");
        assertThat(read(write(new DicomObject(nested(3), EXPLICIT))).dataset().has(0x00081110))
                .isTrue();
        var file = file(new DicomObject(identified().set(0x00420011, Vr.OB, random(3_000)), EXPLICIT));
        assertThatThrownBy(() -> toolkit().read(file, limits)).hasMessageContaining("2000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "sequences", "elements", "fragments"})
    void refusesWhatNeverEnds(String what) throws IOException {
        var start = new Bytes().start();
        byte[] again;
        switch (what) {
            case "items":
                start.longHeader(0x00081110, "SQ", -1);
                again = new Bytes().word(0xE000FFFE).word(0).bytes();
                break;
            case "sequences":
                again = new Bytes()
                        .longHeader(0x00081110, "SQ", -1)
                        .word(0xE000FFFE)
                        .word(-1)
                        .bytes();
                break;
            case "elements":
                again = new Bytes().text("LO", 0x00101010, "x ").bytes();
                break;
            default:
                start.longHeader(0x7FE00010, "OB", -1).word(0xE000FFFE).word(0);
                again = new Bytes().word(0xE000FFFE).word(0).bytes();
        }

        var endless = new Endless(start.bytes(), again);

        assertThatThrownBy(() -> toolkit().read(endless, new ReadLimits(1L << 40, 100_000, 32, 64, 16 << 20)))
                .isInstanceOf(DicomRefused.class);
    }

    @Test
    void inflatesNoMoreThanMemoryAllows() throws IOException {
        var bomb = write(new DicomObject(identified().set(0x00420011, Vr.OB, new byte[40 << 20]), DEFLATED));
        assertThat(bomb.length).isLessThan(1 << 20);

        assertRefused(bomb, new ReadLimits(1L << 40, 1000, 8, 64, 16 << 20), "memory");
    }

    private Dataset everyKind() {
        return identified()
                .set(0x00081030, Vr.LO, "CT of the chest")
                .set(0x00081110, new Dataset().set(0x00081150, Vr.UI, "1.2.840.10008.1"), new Dataset())
                .set(0x00080090, Vr.PN)
                .set(0x00101030, Vr.DS, 70.25)
                .set(0x00180010, Vr.LO, "two", "values")
                .set(0x00189087, Vr.FD, Math.PI, -1e300)
                .set(0x00189219, Vr.SS, -32768, 32767)
                .set(0x00200013, Vr.IS, 42)
                .set(0x00209165, Vr.AT, 0x00209056L)
                .set(0x00280010, Vr.US, 65535)
                .set(0x00281201, Vr.OW, new byte[] {1, 2, 3, 4})
                .set(0x00420011, Vr.OB, random(100))
                .set(0x00720076, Vr.FL, 1.5)
                .set(0x00720078, Vr.UL, 4294967295L)
                .set(0x0072007C, Vr.SL, Integer.MIN_VALUE)
                .set(0x00081110, nested(2), identified());
    }

    private static Dataset identified() {
        return new Dataset()
                .set(Tags.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4");
    }

    private static Dataset nested(int depth) {
        return depth == 0 ? identified() : identified().set(0x00081110, nested(depth - 1));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] write(DicomObject object) throws IOException {
        var out = new ByteArrayOutputStream();
        toolkit().write(object, out);
        return out.toByteArray();
    }

    private Path file(DicomObject object) throws IOException {
        return Files.write(folder.resolve("object.dcm"), write(object));
    }

    private DicomObject read(byte[] bytes) throws IOException {
        return toolkit().read(new ByteArrayInputStream(bytes), ReadLimits.DEFAULT);
    }

    private static byte[] bytes(DicomObject object, int tag) {
        return ((Value.Bytes) object.dataset().get(tag).orElseThrow().value()).bytes();
    }

    /** Whether it was read. */
    private boolean outcome(Path file) throws IOException {
        try {
            toolkit().read(file, ReadLimits.DEFAULT);
            return true;
        } catch (DicomRefused e) {
            return false;
        }
    }

    private void assertRefused(byte[] bytes, String... why) {
        assertRefused(bytes, ReadLimits.DEFAULT, why);
    }

    private void assertRefused(byte[] bytes, ReadLimits limits, String... why) {
        assertThatThrownBy(() -> toolkit().read(new ByteArrayInputStream(bytes), limits))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContainingAll(why);
    }

    static void assertSame(Dataset read, Dataset written) {
        assertThat(read.elements().map(element -> Tags.shown(element.tag())))
                .containsExactlyElementsOf(written.elements()
                        .map(element -> Tags.shown(element.tag()))
                        .toList());
        written.elements().forEach(element -> {
            var other = read.get(element.tag()).orElseThrow();
            assertThat(other.vr()).as(Tags.shown(element.tag())).isEqualTo(element.vr());
            if (element.value() instanceof Value.Items items) {
                var others = ((Value.Items) other.value()).items();
                assertThat(others).hasSameSizeAs(items.items());
                for (int i = 0; i < others.size(); i++) {
                    assertSame(others.get(i), items.items().get(i));
                }
            } else if (element.value() instanceof Value.Bytes bytes) {
                assertThat(((Value.Bytes) other.value()).bytes()).isEqualTo(bytes.bytes());
            } else {
                assertThat(other.value()).as(Tags.shown(element.tag())).isEqualTo(element.value());
            }
        });
    }

    /** Bytes of a file by hand, in explicit VR little endian. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes start() {
            raw(new byte[128]).raw("DICM".getBytes(StandardCharsets.US_ASCII));
            return text("UI", 0x00020010, EXPLICIT + "\0");
        }

        Bytes text(String vr, int tag, String value) {
            half(tag >>> 16)
                    .half(tag)
                    .raw(vr.getBytes(StandardCharsets.US_ASCII))
                    .half(value.length());
            return raw(value.getBytes(StandardCharsets.ISO_8859_1));
        }

        Bytes longHeader(int tag, String vr, int length) {
            half(tag >>> 16)
                    .half(tag)
                    .raw(vr.getBytes(StandardCharsets.US_ASCII))
                    .half(0);
            return word(length);
        }

        Bytes half(int number) {
            out.write(number);
            out.write(number >>> 8);
            return this;
        }

        Bytes word(int number) {
            return half(number).half(number >>> 16);
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /** A start, and then the same for ever. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] again;
        private long position;

        Endless(byte[] start, byte[] again) {
            this.start = start;
            this.again = again;
        }

        @Override
        public int read() {
            var next = position++;
            return (next < start.length ? start[(int) next] : again[(int) ((next - start.length) % again.length)])
                    & 0xFF;
        }
    }
}
