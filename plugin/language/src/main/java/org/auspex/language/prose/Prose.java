package org.auspex.language.prose;

import org.auspex.language.summary.Part;

/** Tells what a part of a summary quotes. Thread-safe. */
@FunctionalInterface
public interface Prose {

    /** The part's own quotations told; those of its parts within are another question. Never fails for want of a language model. */
    Writing of(Part part);
}
