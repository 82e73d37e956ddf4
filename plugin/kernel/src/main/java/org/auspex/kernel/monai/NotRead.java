package org.auspex.kernel.monai;

import org.auspex.kernel.model.Problem;

/** Something in a bundle that is not on the list of what is known. */
final class NotRead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    NotRead(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
