package org.auspex.kernel.monai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auspex.kernel.monai.Configuration.Entry;

/** Something that a bundle would make, with its arguments: {@code {"_target_": "Spacingd", "keys": "image", ...}}. */
final class Component {

    private static final Pattern OF_MONAI =
            Pattern.compile("^monai\\.(?:transforms|inferers|engines)\\.(?:[a-z_]+\\.)*");
    /** Transforms of arrays whose names end like those of dictionaries. */
    private static final Set<String> END_IN_D =
            Set.of("SpatialPad", "DivisiblePad", "BorderPad", "Pad", "CropForeground");

    private final Configuration configuration;
    private final Entry entry;
    private final String target;
    private final Set<String> read = new HashSet<>(Set.of("_target_", "_disabled_", "_desc_"));
    private int index;

    /**
     * @param entry resolved
     * @throws NotRead if it is no component
     */
    Component(Configuration configuration, Entry entry) {
        this.configuration = configuration;
        this.entry = entry;
        this.target = entry.value().path("_target_").asText();
        if (!(entry.value() instanceof ObjectNode)
                || target.isEmpty()
                || target.startsWith("$")
                || target.startsWith("@")) {
            throw configuration.notRead(entry, "there is no plain _target_", "name the class");
        }
    }

    /** The components of a Compose or a list; those that are disabled are left out. */
    static List<Component> of(Configuration configuration, Entry list) {
        var here = list;
        if (here.value().isObject()) {
            var compose = new Component(configuration, here);
            if (!compose.name().equals("Compose")) {
                throw compose.unknown("transform");
            }
            here = configuration.resolve(compose.argument("transforms"));
            compose.ignore("map_items", "unpack_items", "log_stats");
            compose.requireAllRead();
        }
        if (!here.value().isArray()) {
            throw configuration.notRead(here, "this is no list of transforms", "write them as a list");
        }
        var components = new ArrayList<Component>();
        for (int i = 0; i < here.value().size(); i++) {
            var component = new Component(configuration, configuration.resolve(here.child(Integer.toString(i))));
            if (!component.flag("_disabled_", false)) {
                components.add(component);
            }
        }
        return components;
    }

    /** The class without MONAI's package, and without the ending of dictionary transforms. */
    String name() {
        var own = OF_MONAI.matcher(target).replaceFirst("");
        return isDictionary() ? own.replaceFirst("(d|D|Dict)$", "") : own;
    }

    private boolean isDictionary() {
        var own = OF_MONAI.matcher(target).replaceFirst("");
        return own.matches(".*[a-z](d|D|Dict)") && !END_IN_D.contains(own);
    }

    private Entry argument(String key) {
        read.add(key);
        return entry.child(key);
    }

    private Optional<Entry> given(String key) {
        return configuration.present(argument(key));
    }

    /**
     * Which of the keys it works on.
     *
     * @throws NotRead if it works on others and not on this
     */
    void requireKey(String wanted) {
        if (!isDictionary()) {
            return;
        }
        var keys = given("keys").map(this::words).orElse(List.of());
        index = keys.indexOf(wanted);
        if (index < 0) {
            throw configuration.notRead(
                    entry,
                    "%s works on %s, and there is only '%s' here".formatted(target, keys, wanted),
                    "leave it out, or write a model.yaml");
        }
    }

    private List<String> words(Entry list) {
        if (list.value().isTextual()) {
            return List.of(list.value().asText());
        }
        var words = new ArrayList<String>();
        for (int i = 0; i < list.value().size(); i++) {
            words.add(configuration
                    .resolve(list.child(Integer.toString(i)))
                    .value()
                    .asText());
        }
        return words;
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

    /** It is not on the list. */
    NotRead unknown(String kind) {
        return configuration.notRead(
                entry,
                "the %s '%s' is not known".formatted(kind, target),
                "leave it out, or write a model.yaml with steps that are");
    }

    /** What its values cannot be. */
    NotRead refused(IllegalArgumentException why) {
        return configuration.notRead(entry, "%s: %s".formatted(target, why.getMessage()), "correct it");
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
