package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/**
 * A check of a card that its JSON Schema cannot express. It also sees cards that break the schema, so that one reading
 * reports everything; it must take any shape of tree.
 */
@FunctionalInterface
public interface CardRule {

    /**
     * Reports each problem as a JSON pointer into {@code card} and a text {@code what - fix}.
     *
     * @param card the whole card
     */
    void check(JsonNode card, BiConsumer<String, String> report);
}
