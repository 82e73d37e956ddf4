package org.auspex.language.prose;

import java.util.Optional;
import org.auspex.language.summary.Part;

/** Tells what a part of a summary quotes. Thread-safe. */
public interface Prose {

    /** Who tells, and by which instructions, such as {@code qwen2.5|prose|1}: another one may tell otherwise. Empty if all stays quoted. */
    Optional<String> voice();

    /** The part's own quotations told; those of its parts within are another question. Never fails for want of a language model. */
    Writing of(Part part);
}
