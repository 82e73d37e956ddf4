package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML 1.2 document as a JSON tree that remembers the line of every value. YAML 1.2 and not 1.1, because there
 * {@code yes} and {@code no} are words and not truth values.
 */
public final class Yaml {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(20)
            .setCodePointLimit(1_000_000)
            .build();

    /** A card has some six levels; an alias that contains itself has no end. */
    private static final int DEEPEST = 30;

    private final JsonNode root;
    private final Map<String, Integer> lines;

    private Yaml(JsonNode root, Map<String, Integer> lines) {
        this.root = root;
        this.lines = lines;
    }

    /**
     * Reads one document.
     *
     * @throws Unreadable if it is no YAML
     */
    public static Yaml parse(String text) throws Unreadable {
        try {
            var node = new Compose(SETTINGS)
                    .composeString(text)
                    .orElseThrow(() -> new Unreadable(new Problem(1, "the file is empty", "write a card")));
            var lines = new HashMap<String, Integer>();
            return new Yaml(new Conversion(lines).convert(node, ""), lines);
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new Unreadable(new Problem(line, "not YAML: " + e.getProblem(), "mend the indentation or quoting"));
        } catch (Malformed e) {
            throw new Unreadable(new Problem(e.line, e.getMessage(), "mend the file"));
        } catch (YamlEngineException | NumberFormatException e) {
            throw new Unreadable(new Problem(0, "not YAML: " + e.getMessage(), "mend the file"));
        }
    }

    public JsonNode root() {
        return root;
    }

    /** The line of the value at a JSON pointer, or of the nearest value around it. */
    public int line(String pointer) {
        for (var at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
            var line = lines.get(at);
            if (line != null) {
                return line;
            }
            if (at.isEmpty()) {
                return 1;
            }
        }
    }

    /** A document that is no YAML. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    /** Something YAML allows and a card does not. */
    private static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, String what) {
            super(what);
            this.line = line;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Turns YAML nodes into JSON nodes and notes their lines. */
    private static final class Conversion {

        private final Map<String, Integer> lines;
        private final Scalars scalars = new Scalars();

        Conversion(Map<String, Integer> lines) {
            this.lines = lines;
        }

        JsonNode convert(Node node, String pointer) {
            lines.putIfAbsent(pointer, lineOf(node));
            if (pointer.chars().filter(c -> c == '/').count() > DEEPEST) {
                throw new Malformed(lineOf(node), "the file is nested deeper than any card");
            }
            if (node instanceof MappingNode mapping) {
                return object(mapping, pointer);
            }
            if (node instanceof SequenceNode sequence) {
                return array(sequence.getValue(), pointer);
            }
            return scalars.json((ScalarNode) node);
        }

        private ObjectNode object(MappingNode mapping, String pointer) {
            var object = JsonNodeFactory.instance.objectNode();
            for (var entry : mapping.getValue()) {
                var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                var child = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
                lines.put(child, lineOf(entry.getKeyNode()));
                if (object.has(key)) {
                    throw new Malformed(lineOf(entry.getKeyNode()), "the key '%s' stands twice".formatted(key));
                }
                object.set(key, convert(entry.getValueNode(), child));
            }
            return object;
        }

        private ArrayNode array(List<Node> items, String pointer) {
            var array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < items.size(); i++) {
                array.add(convert(items.get(i), pointer + "/" + i));
            }
            return array;
        }

        private static int lineOf(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }
    }

    /** The core types of YAML 1.2, as the library reads them. */
    private static final class Scalars extends StandardConstructor {

        Scalars() {
            super(SETTINGS);
        }

        JsonNode json(ScalarNode node) {
            var value = findConstructorFor(node)
                    .map((ConstructNode constructor) -> Optional.ofNullable(constructor.construct(node)))
                    .orElse(Optional.of(node.getValue()));
            return value.map(Scalars::plain).orElse(JsonNodeFactory.instance.nullNode());
        }

        private static JsonNode plain(Object value) {
            var json = JsonNodeFactory.instance;
            if (value instanceof Boolean truth) {
                return json.booleanNode(truth);
            }
            if (value instanceof Integer || value instanceof Long) {
                return json.numberNode(((Number) value).longValue());
            }
            if (value instanceof Number number) {
                return json.numberNode(number.doubleValue());
            }
            return json.textNode(value.toString());
        }
    }
}
