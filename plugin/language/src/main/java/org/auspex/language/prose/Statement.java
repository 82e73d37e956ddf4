package org.auspex.language.prose;

import java.util.List;
import org.auspex.language.summary.Quotation;

/**
 * A sentence that may be shown.
 *
 * @param sources what it rests on, at least one
 */
public record Statement(String text, List<Quotation> sources) {

    public Statement {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("A statement rests on at least one quotation");
        }
    }

    /** Whether these are the words of the note. */
    public boolean isQuoted() {
        return sources.size() == 1 && sources.get(0).text().equals(text);
    }

    static Statement quoting(Quotation quotation) {
        return new Statement(quotation.text(), List.of(quotation));
    }
}
