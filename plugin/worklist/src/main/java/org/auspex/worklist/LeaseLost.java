package org.auspex.worklist;

/** A worker took so long that its questions were given to another, which answers them. */
final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost(Work work) {
        super("%s about %s was given to another worker"
                .formatted(work.model(), work.subject().reference()));
    }
}
