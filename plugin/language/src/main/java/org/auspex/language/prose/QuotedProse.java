package org.auspex.language.prose;

import java.util.Optional;
import org.auspex.language.summary.Part;

/** Without a language model: each quotation is its own statement. */
public final class QuotedProse implements Prose {

    @Override
    public Optional<String> voice() {
        return Optional.empty();
    }

    @Override
    public Writing of(Part part) {
        return Writing.quoted(part, Form.NO_MODEL);
    }
}
