package org.auspex.imaging.dicom;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The elements of a DICOM object or of an item of a sequence, by tag. It is filled while it is read or made, and not changed
 * afterwards. Group 0002 is not part of it.
 */
public final class Dataset {

    /** One element. */
    public record Element(int tag, Vr vr, Value value) {}

    private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    /** Adds an element, in place of one with this tag that is there. */
    public Dataset set(int tag, Vr vr, Value value) {
        elements.put(tag, new Element(tag, vr, value));
        return this;
    }

    /** An element without a value, as type 2 attributes may be. */
    public Dataset set(int tag, Vr vr) {
        switch (vr.kind()) {
            case TEXT:
                return set(tag, vr, new Value.Text(List.of()));
            case WHOLE:
                return set(tag, vr, new Value.Whole(List.of()));
            case REAL:
                return set(tag, vr, new Value.Real(List.of()));
            case BYTES:
                return set(tag, vr, new byte[0]);
            default:
                return set(tag, List.of());
        }
    }

    /** Strings of a string VR. */
    public Dataset set(int tag, Vr vr, String... values) {
        return set(tag, vr, new Value.Text(List.of(values)));
    }

    /** Whole numbers of a binary VR, or of IS. */
    public Dataset set(int tag, Vr vr, long... values) {
        var numbers = java.util.Arrays.stream(values).boxed().toList();
        return vr.kind() == Vr.Kind.TEXT
                ? set(
                        tag,
                        vr,
                        new Value.Text(numbers.stream().map(String::valueOf).toList()))
                : set(tag, vr, new Value.Whole(numbers));
    }

    /** Real numbers of FL or FD, or of DS, which has room for 16 characters. */
    public Dataset set(int tag, Vr vr, double... values) {
        var numbers = java.util.Arrays.stream(values).boxed().toList();
        return vr.kind() == Vr.Kind.TEXT
                ? set(
                        tag,
                        vr,
                        new Value.Text(numbers.stream().map(Dataset::decimal).toList()))
                : set(tag, vr, new Value.Real(numbers));
    }

    public Dataset set(int tag, Dataset... items) {
        return set(tag, Vr.SQ, new Value.Items(List.of(items)));
    }

    public Dataset set(int tag, List<Dataset> items) {
        return set(tag, Vr.SQ, new Value.Items(items));
    }

    public Dataset set(int tag, Vr vr, byte[] bytes) {
        return set(tag, vr, new Value.Bytes(bytes));
    }

    /** Takes over elements of another dataset that it has, as they are. */
    public Dataset copy(Dataset from, int... tags) {
        for (var tag : tags) {
            from.get(tag).ifPresent(element -> elements.put(tag, element));
        }
        return this;
    }

    public Optional<Element> get(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    public boolean has(int tag) {
        return elements.containsKey(tag);
    }

    /** In the order of tags. */
    public Stream<Element> elements() {
        return elements.values().stream();
    }

    /** The first value as text; empty if there is none, or only an empty one. */
    public Optional<String> string(int tag) {
        return strings(tag).stream().findFirst().filter(text -> !text.isEmpty());
    }

    /** All values as text, those of numeric VRs too. */
    public List<String> strings(int tag) {
        return values(tag, Function.identity(), String::valueOf, String::valueOf);
    }

    /**
     * The first value as a whole number.
     *
     * @throws DicomRefused if it is none
     */
    public Optional<Integer> integer(int tag) {
        return whole(tag).findFirst().map(number -> narrow(tag, number));
    }

    /**
     * All values as whole numbers.
     *
     * @throws DicomRefused if one is none
     */
    public List<Integer> integers(int tag) {
        return whole(tag).map(number -> narrow(tag, number)).toList();
    }

    /**
     * The first value as a number.
     *
     * @throws DicomRefused if it is none
     */
    public Optional<Double> number(int tag) {
        return numbers(tag).stream().findFirst();
    }

    /**
     * All values as numbers.
     *
     * @throws DicomRefused if one is none
     */
    public List<Double> numbers(int tag) {
        return values(tag, text -> parsed(tag, text), Long::doubleValue, Function.identity());
    }

    /** The items of a sequence; none if it is not there. */
    public List<Dataset> items(int tag) {
        return get(tag).map(Element::value)
                .filter(Value.Items.class::isInstance)
                .map(value -> ((Value.Items) value).items())
                .orElse(List.of());
    }

    /** The first item of a sequence. */
    public Optional<Dataset> item(int tag) {
        return items(tag).stream().findFirst();
    }

    private Stream<Long> whole(int tag) {
        return numbers(tag).stream().map(number -> {
            if (number != Math.rint(number)) {
                throw new DicomRefused("%s holds %s, which is no whole number".formatted(Tags.shown(tag), number));
            }
            return number.longValue();
        });
    }

    private static int narrow(int tag, long number) {
        if (number != (int) number) {
            throw new DicomRefused("%s holds %d, which is too large".formatted(Tags.shown(tag), number));
        }
        return (int) number;
    }

    private static double parsed(int tag, String text) {
        try {
            var number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DicomRefused(notANumber(tag, text), e);
        }
        throw new DicomRefused(notANumber(tag, text));
    }

    private static String notANumber(int tag, String text) {
        return "%s holds %s, which is no number".formatted(Tags.shown(tag), DicomRefused.shown(text));
    }

    private <T> List<T> values(int tag, Function<String, T> text, Function<Long, T> whole, Function<Double, T> real) {
        var value = get(tag).map(Element::value);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Value.Text strings) {
            return strings.values().stream()
                    .filter(string -> !string.isBlank())
                    .map(text)
                    .toList();
        }
        if (value.get() instanceof Value.Whole numbers) {
            return numbers.values().stream().map(whole).toList();
        }
        return value.get() instanceof Value.Real numbers
                ? numbers.values().stream().map(real).toList()
                : List.of();
    }

    /** At most 16 characters, as DS allows. */
    private static String decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(number + " cannot be written as DS");
        }
        var shortest = java.math.BigDecimal.valueOf(number).stripTrailingZeros();
        for (int digits = 16; ; digits--) {
            var text = shortest.round(new java.math.MathContext(digits));
            var written = text.toPlainString().length() <= 16 ? text.toPlainString() : text.toString();
            if (written.length() <= 16) {
                return written;
            }
        }
    }
}
