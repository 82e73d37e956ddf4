package org.auspex.kernel.evidence;

/** A question that would read more resources than the server is set to. */
public final class TooMuchEvidence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooMuchEvidence(String resourceType, int limit) {
        super(
                "More than %d %s resources match the model's inputs; narrow the inputs' within, ask for fewer subjects at once, or raise auspex.evidence.max-resources"
                        .formatted(limit, resourceType));
    }
}
