package org.auspex.kernel.features;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * A category of an input and how the field writes it.
 *
 * @param name its name in the card, and in a scorecard's points
 * @param codes the codes that mean it
 * @param texts the words that mean it where a record holds text, compared without regard to case
 * @param valueSets canonical URLs of the ValueSets whose members mean it
 * @param column its value in a table, for {@code evaluate}
 */
public record Category(
        String name, List<Code> codes, List<String> texts, List<String> valueSets, Optional<String> column) {

    public static final String YES = "yes";
    public static final String NO = "no";

    /** The two categories of a question that is answered by yes or no, in this order. */
    public static final List<Category> NO_YES = List.of(of(NO), of(YES));

    public Category {
        codes = List.copyOf(codes);
        texts = List.copyOf(texts);
        valueSets = List.copyOf(valueSets);
    }

    private static Category of(String name) {
        return new Category(name, List.of(), List.of(), List.of(), Optional.empty());
    }
}
