package org.auspex.kernel;

import java.util.Collection;

/** Nobody serves a model of this name or version. */
public final class UnknownModel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownModel(String asked, Collection<?> served) {
        super("No model '%s' is served here; there are %s".formatted(asked, served));
    }
}
