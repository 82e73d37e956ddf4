package org.auspex.kernel.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.kernel.monai.Configuration.Entry;

/** The arguments of a component. Each is read by somebody who knows it; one that nobody asks for is refused. */
abstract sealed class Arguments permits Component {

    final Configuration configuration;
    final Entry entry;
    final String target;
    private final Set<String> read = new HashSet<>(Set.of("_target_", "_disabled_", "_desc_"));
    /** Which of several keys the arguments are for. */
    private int index;

    Arguments(Configuration configuration, Entry entry) {
        this.configuration = configuration;
        this.entry = entry;
        this.target = entry.value().path("_target_").asText();
    }

    void choose(int key) {
        index = key;
    }

    Entry argument(String key) {
        read.add(key);
        return entry.child(key);
    }

    private Optional<Entry> given(String key) {
        return configuration.present(argument(key));
    }

    /** Passes over arguments that change nothing here, whatever they are. */
    void ignore(String... keys) {
        read.addAll(Arrays.asList(keys));
    }

    void ignoreAll() {
        entry.value().fieldNames().forEachRemaining(read::add);
    }

    /** One value, or of a list with one for each key the one for ours. */
    private Optional<Entry> single(String key) {
        return given(key)
                .map(value -> value.value().isArray()
                        ? configuration.resolve(
                                value.child(Integer.toString(value.value().size() == 1 ? 0 : index)))
                        : value)
                .filter(value -> !value.value().isNull() && !value.value().isMissingNode());
    }

    Optional<Double> number(String key) {
        return single(key).map(value -> number(key, value));
    }

    double number(String key, double otherwise) {
        return number(key).orElse(otherwise);
    }

    private double number(String key, Entry value) {
        var number = value.value();
        if (number.isNumber() && Double.isFinite(number.asDouble())) {
            return number.asDouble();
        }
        if (number.isBoolean()) {
            return number.asBoolean() ? 1 : 0;
        }
        throw configuration.notRead(
                value, "%s of %s is %s, no number".formatted(key, target, shown(number)), "write a number");
    }

    int integer(String key, int otherwise) {
        return single(key).map(value -> integer(key, value)).orElse(otherwise);
    }

    private int integer(String key, Entry value) {
        var number = number(key, value);
        if (number != Math.rint(number) || Math.abs(number) > 1 << 24) {
            throw configuration.notRead(
                    value, "%s of %s is %s".formatted(key, target, number), "write a smaller whole number");
        }
        return (int) number;
    }

    /** As Python reads truth, but for words other than True. */
    boolean flag(String key, boolean otherwise) {
        return single(key)
                .map(value -> {
                    if (value.value().isBoolean()) {
                        return value.value().asBoolean();
                    }
                    if (value.value().asText().equalsIgnoreCase("true")) {
                        return true;
                    }
                    throw configuration.notRead(
                            value,
                            "%s of %s is %s".formatted(key, target, shown(value.value())),
                            "write true or false");
                })
                .orElse(otherwise);
    }

    String word(String key, String otherwise) {
        return single(key)
                .map(value -> value.value().asText().toLowerCase(Locale.ROOT))
                .orElse(otherwise);
    }

    /** The same, and letters stay as they are. */
    String text(String key, String otherwise) {
        return single(key).map(value -> value.value().asText()).orElse(otherwise);
    }

    /** One number or a list of them, as a list; empty if there is none. */
    List<Double> numbers(String key) {
        return list(key).stream().map(value -> number(key, value)).toList();
    }

    List<Integer> integers(String key) {
        return list(key).stream().map(value -> integer(key, value)).toList();
    }

    private List<Entry> list(String key) {
        return given(key)
                .map(value -> {
                    if (!value.value().isArray()) {
                        return List.of(value);
                    }
                    var items = new ArrayList<Entry>();
                    for (int i = 0; i < value.value().size(); i++) {
                        items.add(configuration.resolve(value.child(Integer.toString(i))));
                    }
                    return List.copyOf(items);
                })
                .orElse(List.of());
    }

    /** One word or a list of them, as a list. */
    List<String> words(String key) {
        return list(key).stream().map(word -> word.value().asText()).toList();
    }

    /** The text of an argument that is not to be resolved. */
    String raw(String key) {
        return argument(key).value().asText();
    }

    boolean has(String key) {
        return given(key).isPresent();
    }

    /** Refuses an argument that is not absent, null, or this. */
    void requireOnly(String key, Object only) {
        single(key).filter(value -> !same(value.value(), only)).ifPresent(value -> {
            throw configuration.notRead(
                    value,
                    "%s of %s is %s, and only %s is known".formatted(key, target, shown(value.value()), only),
                    "change the bundle, or write a model.yaml");
        });
    }

    private static boolean same(JsonNode value, Object only) {
        return value.isNumber() && only instanceof Number number
                ? value.asDouble() == number.doubleValue()
                : value.asText().equalsIgnoreCase(only.toString());
    }

    NotRead refused(String key, String what, String fix) {
        return configuration.notRead(
                entry.value().has(key) ? entry.child(key) : entry, "%s of %s %s".formatted(key, target, what), fix);
    }

    /** Refuses arguments that nobody asked for: they might matter. */
    void requireAllRead() {
        var fields = new ArrayList<String>();
        entry.value().fieldNames().forEachRemaining(fields::add);
        fields.removeAll(read);
        fields.removeIf(key -> entry.value().path(key).isNull());
        if (!fields.isEmpty()) {
            throw configuration.notRead(
                    entry.child(fields.get(0)),
                    "%s has the argument %s, which is not known"
                            .formatted(target, fields.stream().sorted().collect(Collectors.joining(", "))),
                    "leave it out, or write a model.yaml");
        }
    }

    private static String shown(JsonNode value) {
        return Configuration.shortened(value.toString());
    }
}
