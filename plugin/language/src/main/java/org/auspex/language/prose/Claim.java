package org.auspex.language.prose;

import java.util.List;

/**
 * A sentence of a language model.
 *
 * @param text without its marks
 * @param cited numbers of the sentences that it names, in their order
 */
record Claim(String text, List<Integer> cited) {

    Claim {
        cited = List.copyOf(cited);
    }
}
