package org.auspex.kernel.monai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Yaml;

/**
 * One of a bundle's configuration files. A value that begins with {@code @} refers to another one and is followed. One that
 * begins with {@code $} is a Python expression: a few that are constants in disguise are recognised by their letters, every
 * other is refused. Grammar: MONAI's "Bundle configuration" specification.
 */
final class Configuration {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$?\\s*@([A-Za-z_][A-Za-z0-9_]*(?:(?:#|::)[A-Za-z0-9_]+)*)\\s*");
    private static final Pattern TYPE = Pattern.compile("\\$\\s*(?:torch|numpy|np)\\.([a-z]+[0-9]*)\\s*");
    private static final String NUMBER = "-?[0-9]{1,9}(?:\\.[0-9]{0,9})?";
    private static final Pattern ONE = Pattern.compile(NUMBER);
    private static final String LIST = "[(\\[]\\s*%1$s(?:\\s*,\\s*%1$s)*\\s*,?\\s*[)\\]]".formatted(NUMBER);
    private static final Pattern NUMBERS = Pattern.compile("\\$\\s*" + LIST + "\\s*");
    private static final Map<String, JsonNode> WORDS = Map.of(
            "$None", JsonNodeFactory.instance.nullNode(),
            "$True", JsonNodeFactory.instance.booleanNode(true),
            "$False", JsonNodeFactory.instance.booleanNode(false),
            "$monai.utils.CommonKeys.IMAGE", TextNode.valueOf("image"),
            "$monai.utils.CommonKeys.LABEL", TextNode.valueOf("label"),
            "$monai.utils.CommonKeys.PRED", TextNode.valueOf("pred"));

    /** {@code [1.5, 1.5, 1.5] if @highres else [3.0, 3.0, 3.0]}. */
    private static final Pattern CHOICE =
            Pattern.compile("\\$\\s*(%1$s)\\s+if\\s+(@[A-Za-z0-9_#:]+)\\s+else\\s+(%1$s)\\s*".formatted(LIST));

    private static final int LONGEST_CHAIN = 20;

    private final String name;
    private final Yaml text;

    private Configuration(String name, Yaml text) {
        this.name = name;
        this.text = text;
    }

    /** A value and where it stands, as a JSON pointer. */
    record Entry(JsonNode value, String pointer) {

        Entry child(String key) {
            return new Entry(
                    value.isArray() && key.matches("[0-9]{1,6}") ? value.path(Integer.parseInt(key)) : value.path(key),
                    pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
        }
    }

    /**
     * Reads the first of some files that is there.
     *
     * @throws NotRead if there is none, or it cannot be read
     */
    static Configuration read(Path folder, List<String> names) {
        var name = names.stream()
                .filter(candidate -> Files.isRegularFile(folder.resolve(candidate)))
                .findFirst()
                .orElseThrow(() -> new NotRead(new Problem(
                        0,
                        "the bundle has none of " + names,
                        "export it with python -m monai.bundle, or write a model.yaml")));
        try {
            // JSON is YAML but for tabs, which cannot stand inside of its strings.
            var content = Files.readString(folder.resolve(name));
            return new Configuration(name, Yaml.parse(name.endsWith(".json") ? content.replace('\t', ' ') : content));
        } catch (Yaml.Unreadable e) {
            var where = e.problem();
            throw new NotRead(
                    new Problem(0, "%s line %d: %s".formatted(name, where.line(), where.what()), where.fix()));
        } catch (IOException e) {
            throw new NotRead(new Problem(
                    0,
                    "%s cannot be read: %s".formatted(name, e.getMessage()),
                    "write it as UTF-8 text, readable by the server"));
        }
    }

    Entry root() {
        return new Entry(text.root(), "");
    }

    /** A value of the root, resolved; empty if it is absent or null. */
    Optional<Entry> at(String key) {
        return present(root().child(key));
    }

    /** The value that an entry means; empty if it is absent, null or None. */
    Optional<Entry> present(Entry entry) {
        var meant = resolve(entry);
        return meant.value().isMissingNode() || meant.value().isNull() ? Optional.empty() : Optional.of(meant);
    }

    /**
     * Follows references and reads constants.
     *
     * @throws NotRead if it is an expression, or refers to nothing
     */
    Entry resolve(Entry entry) {
        var here = entry;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            if (!here.value().isTextual()) {
                return here;
            }
            var value = here.value().asText();
            var reference = REFERENCE.matcher(value);
            if (!reference.matches()) {
                return new Entry(constant(here, value), here.pointer());
            }
            here = follow(here, reference.group(1));
        }
        throw notRead(entry, "its references lead in a circle", "write the value");
    }

    private Entry follow(Entry from, String id) {
        var here = root();
        for (var step : id.split("#|::", -1)) {
            here = here.child(step);
        }
        if (here.value().isMissingNode()) {
            throw notRead(from, "@%s is not in the file".formatted(id), "write it there");
        }
        return here;
    }

    private JsonNode constant(Entry at, String value) {
        if (value.startsWith("%")) {
            throw notRead(at, "'%s' is in another file".formatted(value), "write the value here");
        }
        if (!value.startsWith("$")) {
            return at.value();
        }
        var word = WORDS.get(value.strip());
        if (word != null) {
            return word;
        }
        var type = TYPE.matcher(value);
        if (type.matches()) {
            return TextNode.valueOf(type.group(1));
        }
        var choice = CHOICE.matcher(value);
        if (choice.matches()) {
            var which = resolve(new Entry(TextNode.valueOf(choice.group(2)), at.pointer()));
            return constant(at, "$" + choice.group(which.value().asBoolean() ? 1 : 3));
        }
        var numbers = NUMBERS.matcher(value);
        if (numbers.matches()) {
            return list(value);
        }
        throw notRead(
                at,
                "'%s' is a Python expression, and nothing is executed here".formatted(shortened(value)),
                "write the value");
    }

    private static JsonNode list(String numbers) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var matcher = ONE.matcher(numbers); matcher.find(); ) {
            list.add(Double.parseDouble(matcher.group()));
        }
        return list;
    }

    static String shortened(String value) {
        return value.length() > 80 ? value.substring(0, 77) + "..." : value;
    }

    /** What is wrong at a place, with the file, the line and MONAI's name of the place. */
    NotRead notRead(Entry at, String what, String fix) {
        var place =
                at.pointer().isEmpty() ? "" : " (" + at.pointer().substring(1).replace('/', '#') + ")";
        return new NotRead(
                new Problem(0, "%s line %d%s: %s".formatted(name, text.line(at.pointer()), place, what), fix));
    }
}
