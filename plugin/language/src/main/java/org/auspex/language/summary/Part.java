package org.auspex.language.summary;

import java.util.List;

/**
 * A section of a summary.
 *
 * @param title in the summary's language
 * @param quotations what the note says; none if it says nothing of it
 * @param parts sections within
 */
public record Part(String title, List<Quotation> quotations, List<Part> parts) {

    public Part {
        quotations = List.copyOf(quotations);
        parts = List.copyOf(parts);
    }
}
