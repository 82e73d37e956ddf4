package org.auspex.language.prose;

import java.util.List;
import org.auspex.language.summary.Quotation;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;

/** Notices words that speak to a language model instead of a clinician ({@code machine-address.tsv}). Such words are quoted and never sent. */
public final class MachineAddress {

    private final List<String> phrases = Lines.of(MachineAddress.class, "machine-address.tsv").stream()
            .map(columns -> Folding.of(columns[0]))
            .toList();

    boolean isIn(List<Quotation> quotations) {
        return quotations.stream().anyMatch(quotation -> isIn(quotation.text()));
    }

    /** Whether words speak so. */
    public boolean isIn(String words) {
        var text = Folding.of(words).replaceAll("\\s+", " ");
        return phrases.stream().anyMatch(text::contains);
    }
}
