package org.auspex.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomJsonTest {

    @Test
    void writesEachKindOfValueAsTheStandardSays() throws IOException {
        var dataset = new Dataset()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "GB18030")
                .set(Tags.PATIENT_NAME, Vr.PN, "Wang^XiaoDong=王^小东")
                .set(Tags.PATIENT_ID, Vr.LO)
                .set(0x00080008, Vr.CS, "ORIGINAL", "", "PRIMARY")
                .set(0x00181050, Vr.DS, "0.10", "?")
                .set(Tags.ROWS, Vr.US, 512L)
                .set(0x00280009, Vr.AT, 0x00181063L)
                .set(0x00720082, Vr.SV, Long.MIN_VALUE)
                .set(0x00720083, Vr.UV, -1L)
                .set(0x00720074, Vr.FD, Double.NaN, 0.5)
                .set(0x00091010, Vr.OB, new byte[] {1, 2, 3})
                .set(0x00081140, new Dataset().set(Tags.REFERENCED_SOP_INSTANCE_UID, Vr.UI, "1.2"), new Dataset())
                .set(Tags.PIXEL_DATA, Vr.OW, new byte[] {1, 2});

        assertThat(written(dataset)).isEqualToIgnoringWhitespace("""
                {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},
                 "00080008":{"vr":"CS","Value":["ORIGINAL",null,"PRIMARY"]},
                 "00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}},{}]},
                 "00091010":{"vr":"OB","InlineBinary":"AQID"},
                 "00100010":{"vr":"PN","Value":[{"Alphabetic":"Wang^XiaoDong","Ideographic":"王^小东"}]},
                 "00100020":{"vr":"LO"},
                 "00181050":{"vr":"DS","Value":[0.10,"?"]},
                 "00280009":{"vr":"AT","Value":["00181063"]},
                 "00280010":{"vr":"US","Value":[512]},
                 "00720074":{"vr":"FD","Value":["NaN",0.5]},
                 "00720082":{"vr":"SV","Value":["-9223372036854775808"]},
                 "00720083":{"vr":"UV","Value":["18446744073709551615"]},
                 "7FE00010":{"vr":"OW","BulkDataURI":"bulk/7FE00010"}}""");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        var dataset = new Dataset()
                .set(Tags.PATIENT_NAME, Vr.PN, "A^B==C", "D")
                .set(Tags.PATIENT_ID, Vr.LO)
                .set(0x00080008, Vr.CS, "ORIGINAL", "", "PRIMARY")
                .set(0x00181050, Vr.DS, "0.10", "1e5")
                .set(Tags.SERIES_NUMBER, Vr.IS, "7")
                .set(0x00280009, Vr.AT, 0x00181063L)
                .set(0x00720082, Vr.SV, Long.MIN_VALUE, 5L)
                .set(0x00720083, Vr.UV, -1L)
                .set(0x00720074, Vr.FD, Double.NEGATIVE_INFINITY, 0.5)
                .set(0x00081140, new Dataset().set(0x00091010, Vr.OB, new byte[] {1, 2, 3}), new Dataset());

        var read = read(written(dataset)).get(0);

        assertThat(written(read)).isEqualTo(written(dataset));
        assertThat(read.strings(Tags.PATIENT_NAME)).containsExactly("A^B==C", "D");
        assertThat(read.number(0x00181050)).contains(0.1);
        assertThat(read.get(0x00720083))
                .hasValueSatisfying(element -> assertThat(element.value()).isEqualTo(new Value.Whole(List.of(-1L))));
    }

    @Test
    void readsMembersInAnyOrderAndValuesThatAreElsewhere() throws IOException {
        var all = read("""
                [{"00280010":{"Value":[4],"vr":"US"}}, {"7FE00010":{"BulkDataURI":"http://x/1","vr":"OW"},"00200013":{"vr":"IS","Value":["3"]}}]""");

        assertThat(all.get(0).integer(Tags.ROWS)).contains(4);
        assertThat(all.get(1).get(Tags.PIXEL_DATA))
                .hasValueSatisfying(
                        element -> assertThat(element.value()).isEqualTo(new Value.Elsewhere("http://x/1")));
        assertThat(all.get(1).integer(Tags.INSTANCE_NUMBER)).contains(3);
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"0028\":{\"vr\":\"US\"}}]",
                "[{\"00280010\":{\"vr\":\"XX\"}}]",
                "[{\"00280010\":{\"vr\":\"US\",\"Value\":[\"four\"]}}]",
                "[{\"00280010\":{\"vr\":\"US\",\"Value\":4}}]",
                "[{\"00280010\":{\"vr\":\"US\",\"Value\":[4",
                "[{\"00091010\":{\"vr\":\"OB\",\"InlineBinary\":\"?\"}}]",
                "[4]",
                "nonsense",
                "\"text\""
            })
    void refusesWhatIsNone(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(DicomRefused.class);
    }

    @Test
    void refusesWhatIsTooDeepOrTooMuch() {
        var deep = "[" + "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[".repeat(60) + "{}" + "]}}".repeat(60) + "]";
        var many = "[{\"00080008\":{\"vr\":\"CS\",\"Value\":[" + "\"A\",".repeat(2000) + "\"A\"]}}]";

        assertThatThrownBy(() -> read(deep)).isInstanceOf(DicomRefused.class);
        assertThatThrownBy(() -> read(many)).hasMessage("There are more than 1000 values");
    }

    private static List<Dataset> read(String json) throws IOException {
        var all = new ArrayList<Dataset>();
        var limits = new ReadLimits(1 << 20, 1000, 32, 1 << 16, 1 << 26);
        new DicomJsonReader(limits).read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), all::add);
        return all;
    }

    private static String written(Dataset dataset) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(bytes)) {
            new DicomJsonWriter(
                            json,
                            (path, element) ->
                                    element.tag() == Tags.PIXEL_DATA ? Optional.of("bulk/" + path) : Optional.empty())
                    .write(dataset);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
