package org.auspex.language.consult;

import java.util.List;

/**
 * A sentence of an answer.
 *
 * @param text as it is shown
 * @param sources what it rests on, at least one
 */
public record Cited(String text, List<Source> sources) {

    public Cited {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("A sentence of an answer rests on at least one source");
        }
    }
}
