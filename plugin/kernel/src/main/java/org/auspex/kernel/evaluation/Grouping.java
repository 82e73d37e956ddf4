package org.auspex.kernel.evaluation;

import java.util.List;

/**
 * One way of sorting rows into groups, such as by sex.
 *
 * @param ofRow the name of each row's group
 */
public record Grouping(String name, List<String> ofRow) {

    public Grouping {
        ofRow = List.copyOf(ofRow);
    }
}
