package org.auspex.imaging.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads DICOM JSON (PS3.18, annex F), one dataset after the other. What it says is not believed further than the limits. */
public final class DicomJsonReader {

    private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final int LONGEST_NUMBER = 100;

    private final JsonFactory factory;
    private final ReadLimits limits;

    public DicomJsonReader(ReadLimits limits) {
        this.limits = limits;
        // An object of ours is two levels of JSON for each of DICOM: the element and its array of items.
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(4 * (limits.depth() + 1))
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength((int) Math.min(limits.bytes(), 64 << 20))
                        .build())
                .build();
    }

    /**
     * Reads an array of datasets, or one alone.
     *
     * @param each is told of each dataset when it is read, before the next
     * @throws DicomRefused if it is no DICOM JSON, or beyond the limits; that of elements is for each dataset
     */
    public void read(InputStream bytes, Consumer<Dataset> each) throws IOException {
        try (var json = factory.createParser(bytes)) {
            var first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                each.accept(new Reading(json).dataset(0));
            } else if (first == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    each.accept(new Reading(json).dataset(0));
                }
            } else if (first != null) {
                throw new DicomRefused("DICOM JSON begins with [ or {, not with " + first.asString());
            }
        } catch (JsonProcessingException e) {
            throw new DicomRefused("This is no DICOM JSON: " + place(e), e);
        }
    }

    /** One dataset. */
    public Dataset read(InputStream bytes) throws IOException {
        var all = new ArrayList<Dataset>();
        read(bytes, all::add);
        if (all.size() != 1) {
            throw new DicomRefused("One dataset was to be read, and there are " + all.size());
        }
        return all.get(0);
    }

    /** The message of the library may quote the content. */
    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? e.getClass().getSimpleName()
                : "line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    /** One dataset. */
    private final class Reading {

        private final JsonParser json;
        private int elements;

        Reading(JsonParser json) {
            this.json = json;
        }

        /** The parser stands at the beginning of the object, and afterwards at its end. */
        Dataset dataset(int depth) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new DicomRefused("A dataset was expected in the DICOM JSON, and there is " + json.currentToken());
            }
            json.nextToken();
            return members(depth);
        }

        private Dataset members(int depth) throws IOException {
            if (depth > limits.depth()) {
                throw new DicomRefused("Sequences lie more than %d deep within each other".formatted(limits.depth()));
            }
            var dataset = new Dataset();
            for (; json.currentToken() == JsonToken.FIELD_NAME; json.nextToken()) {
                if (++elements > limits.elements()) {
                    throw new DicomRefused("There are more than %d elements".formatted(limits.elements()));
                }
                var tag = tag(json.currentName());
                json.nextToken();
                element(dataset, tag, depth);
            }
            return dataset;
        }

        private void element(Dataset dataset, int tag, int depth) throws IOException {
            var vr = "UN";
            var content = new JsonElement(tag);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "vr" -> vr = json.getText();
                    case "InlineBinary" -> content.bytes(json.getBinaryValue());
                    case "BulkDataURI" -> content.elsewhere(json.getText());
                    case "Value" -> content.values(values(tag, depth));
                    default -> json.skipChildren();
                }
            }
            dataset.set(tag, vr(tag, vr), content.value(vr(tag, vr)));
        }

        private List<Object> values(int tag, int depth) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new DicomRefused("The Value of %s is no array".formatted(Tags.shown(tag)));
            }
            var values = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (++elements > limits.elements()) {
                    throw new DicomRefused("There are more than %d values".formatted(limits.elements()));
                }
                values.add(
                        switch (json.currentToken()) {
                            case START_OBJECT -> object(depth);
                            case VALUE_NULL -> "";
                            default -> json.getText();
                        });
            }
            return values;
        }

        /** A person's name, or an item: the first member tells which. */
        private Object object(int depth) throws IOException {
            json.nextToken();
            if (json.currentToken() != JsonToken.FIELD_NAME
                    || TAG.matcher(json.currentName()).matches()) {
                return members(depth + 1);
            }
            var groups = new TreeMap<String, String>();
            for (; json.currentToken() == JsonToken.FIELD_NAME; json.nextToken()) {
                var group = json.currentName();
                json.nextToken();
                groups.put(group, json.getText());
            }
            return JsonElement.name(groups);
        }
    }

    private static int tag(String name) {
        if (!TAG.matcher(name).matches()) {
            throw new DicomRefused("A tag in DICOM JSON is 8 hexadecimal digits, and here is one of %d characters"
                    .formatted(name.length()));
        }
        return Integer.parseUnsignedInt(name, 16);
    }

    private static Vr vr(int tag, String name) {
        try {
            return Vr.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DicomRefused("%s has a VR that there is not".formatted(Tags.shown(tag)), e);
        }
    }
}
