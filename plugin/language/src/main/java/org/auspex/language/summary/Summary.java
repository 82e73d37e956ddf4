package org.auspex.language.summary;

import java.util.List;
import java.util.stream.Stream;

/** A document made short. */
public record Summary(Style style, Tongue tongue, String title, List<Part> parts) {

    public Summary {
        parts = List.copyOf(parts);
    }

    /** All its sentences, in order. */
    public List<Quotation> quotations() {
        return parts.stream().flatMap(Summary::within).toList();
    }

    private static Stream<Quotation> within(Part part) {
        return Stream.concat(part.quotations().stream(), part.parts().stream().flatMap(Summary::within));
    }
}
