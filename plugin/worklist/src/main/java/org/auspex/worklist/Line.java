package org.auspex.worklist;

import java.util.Locale;

/**
 * Questions that wait for the same workers.
 *
 * @param modelName name without version; empty for all kinds but {@code PREDICT}
 */
record Line(Question.Kind kind, String modelName) {

    /** The line of a kind that the same workers do for all models. */
    static Line ofAll(Question.Kind kind) {
        return new Line(kind, "");
    }

    static Line of(Question question) {
        return new Line(question.kind(), question.modelName());
    }

    @Override
    public String toString() {
        return modelName.isEmpty() ? kind.name().toLowerCase(Locale.ROOT) : modelName;
    }
}
