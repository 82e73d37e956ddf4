package org.auspex.kernel.features;

import java.util.List;

/**
 * Where an input stands in a table, for {@code evaluate}.
 *
 * @param name the column's name
 * @param gaps what the table writes there for a value that is not known, beside the usual words
 */
public record Column(String name, List<String> gaps) {
    public Column {
        gaps = List.copyOf(gaps);
    }
}
