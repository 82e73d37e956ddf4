package org.auspex.language.prose;

import java.util.List;
import org.auspex.language.summary.Quotation;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;

/** Notices words that speak to a language model instead of a clinician ({@code machine-address.tsv}). Such words are quoted and never sent. */
final class MachineAddress {

    private final List<String> phrases = Lines.of(MachineAddress.class, "machine-address.tsv").stream()
            .map(columns -> Folding.of(columns[0]))
            .toList();

    boolean isIn(List<Quotation> quotations) {
        return quotations.stream()
                .map(quotation -> Folding.of(quotation.text()).replaceAll("\\s+", " "))
                .anyMatch(text -> phrases.stream().anyMatch(text::contains));
    }
}
