package org.auspex.imaging.dicom;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an element of DICOM JSON holds, gathered before it is known of which VR it is: the members come in any order. */
final class JsonElement {

    private final int tag;
    private Value content = new Value.Text(List.of());
    private List<Object> values = List.of();

    JsonElement(int tag) {
        this.tag = tag;
    }

    void bytes(byte[] bytes) {
        content = new Value.Bytes(bytes);
    }

    void elsewhere(String uri) {
        content = new Value.Elsewhere(uri);
    }

    /** Texts, the names of persons and numbers as text among them, or items. */
    void values(List<Object> found) {
        values = found;
    }

    static String name(Map<String, String> groups) {
        return Stream.of("Alphabetic", "Ideographic", "Phonetic")
                .map(group -> groups.getOrDefault(group, ""))
                .collect(Collectors.joining("="))
                .replaceAll("=+$", "");
    }

    Value value(Vr vr) {
        if (content instanceof Value.Elsewhere || (content instanceof Value.Bytes && vr.kind() == Vr.Kind.BYTES)) {
            return content;
        }
        return switch (vr.kind()) {
            case TEXT -> new Value.Text(texts());
            case WHOLE ->
                new Value.Whole(texts().stream()
                        .filter(text -> !text.isEmpty())
                        .map(text -> whole(text, vr))
                        .toList());
            case REAL ->
                new Value.Real(texts().stream()
                        .filter(text -> !text.isEmpty())
                        .map(this::real)
                        .toList());
            case BYTES -> new Value.Bytes(new byte[0]);
            case ITEMS ->
                new Value.Items(values.stream()
                        .map(item -> item instanceof Dataset dataset ? dataset : new Dataset())
                        .toList());
        };
    }

    private List<String> texts() {
        return values.stream()
                .map(value -> {
                    if (value instanceof String text) {
                        return text;
                    }
                    throw refused(null);
                })
                .toList();
    }

    private long whole(String text, Vr vr) {
        try {
            if (vr == Vr.AT) {
                return Long.parseLong(text, 16);
            }
            return vr == Vr.UV ? Long.parseUnsignedLong(text) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refused(e);
        }
    }

    private double real(String text) {
        try {
            return Double.parseDouble(
                    switch (text) {
                        case "inf" -> "Infinity";
                        case "-inf" -> "-Infinity";
                        default -> text;
                    });
        } catch (NumberFormatException e) {
            throw refused(e);
        }
    }

    private DicomRefused refused(@org.jspecify.annotations.Nullable Throwable cause) {
        var why = "The Value of %s is not of its VR".formatted(Tags.shown(tag));
        return cause == null ? new DicomRefused(why) : new DicomRefused(why, cause);
    }
}
