package org.auspex.imaging.dicom;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes datasets as DICOM JSON (PS3.18, annex F), one element after the other. */
public final class DicomJsonWriter {

    private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
    /** Integers beyond this are no numbers to most readers of JSON (PS3.18, F.2.2). */
    private static final long EXACT = 1L << 53;

    private final JsonGenerator json;
    private final BulkData bulk;

    /** Says which values are left out, and where a client finds them. */
    @FunctionalInterface
    public interface BulkData {

        /**
         * @param path of tags and numbers of items from 1, such as {@code 00081140/1/7FE00010}
         * @return the address of the value; empty if it is to be written
         */
        Optional<String> uri(String path, Dataset.Element element);
    }

    public DicomJsonWriter(JsonGenerator json, BulkData bulk) {
        this.json = json;
        this.bulk = bulk;
    }

    public void write(Dataset dataset) throws IOException {
        write(dataset, "");
    }

    private void write(Dataset dataset, String path) throws IOException {
        json.writeStartObject();
        for (var element : (Iterable<Dataset.Element>) dataset.elements()::iterator) {
            write(element, path + "%08X".formatted(element.tag()));
        }
        json.writeEndObject();
    }

    private void write(Dataset.Element element, String path) throws IOException {
        json.writeObjectFieldStart("%08X".formatted(element.tag()));
        json.writeStringField("vr", element.vr().name());
        var elsewhere = bulk.uri(path, element);
        if (elsewhere.isPresent()) {
            json.writeStringField("BulkDataURI", elsewhere.get());
        } else {
            write(element.value(), element, path);
        }
        json.writeEndObject();
    }

    private void write(Value value, Dataset.Element element, String path) throws IOException {
        if (value instanceof Value.Text text) {
            texts(text.values(), element);
        } else if (value instanceof Value.Whole whole) {
            wholes(whole.values(), element.vr());
        } else if (value instanceof Value.Real real) {
            reals(real.values());
        } else if (value instanceof Value.Items items) {
            items(items.items(), path);
        } else if (value instanceof Value.Bytes bytes) {
            if (bytes.bytes().length > 0) {
                json.writeFieldName("InlineBinary");
                json.writeBinary(bytes.bytes());
            }
        } else if (value instanceof Value.Elsewhere elsewhere) {
            json.writeStringField("BulkDataURI", elsewhere.uri());
        } else {
            throw new IllegalArgumentException(
                    "%s lies in a file, and nobody says where a client finds it".formatted(Tags.shown(element.tag())));
        }
    }

    private void texts(List<String> values, Dataset.Element element) throws IOException {
        if (values.isEmpty() || values.equals(List.of(""))) {
            return;
        }
        json.writeArrayFieldStart("Value");
        // What is written here is UTF-8, whatever the object came in.
        for (var value : element.tag() == Tags.SPECIFIC_CHARACTER_SET ? List.of("ISO_IR 192") : values) {
            if (value.isEmpty()) {
                json.writeNull();
            } else {
                text(value, element.vr());
            }
        }
        json.writeEndArray();
    }

    private void text(String value, Vr vr) throws IOException {
        switch (vr) {
            case PN -> name(value);
            case DS, IS -> number(value);
            default -> json.writeString(value);
        }
    }

    private void name(String value) throws IOException {
        json.writeStartObject();
        var groups = value.split("=", NAME_GROUPS.size());
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].isEmpty()) {
                json.writeStringField(NAME_GROUPS.get(i), groups[i]);
            }
        }
        json.writeEndObject();
    }

    /** What is no number stays a string, as it came. */
    private void number(String value) throws IOException {
        try {
            json.writeNumber(new BigDecimal(value.strip()));
        } catch (NumberFormatException none) {
            json.writeString(value);
        }
    }

    private void wholes(List<Long> values, Vr vr) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (long value : values) {
            if (vr == Vr.AT) {
                json.writeString("%08X".formatted(value));
            } else if (vr == Vr.UV && value < 0) {
                json.writeString(Long.toUnsignedString(value));
            } else if (value >= EXACT || value <= -EXACT) {
                json.writeString(Long.toString(value));
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }

    private void reals(List<Double> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (double value : values) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(String.valueOf(value));
            }
        }
        json.writeEndArray();
    }

    private void items(List<Dataset> items, String path) throws IOException {
        if (items.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (int i = 0; i < items.size(); i++) {
            write(items.get(i), "%s/%d/".formatted(path, i + 1));
        }
        json.writeEndArray();
    }
}
