package org.auspex.worklist;

import java.time.Instant;
import org.auspex.kernel.inference.Priority;

/**
 * What a client asked about many subjects, or about one without waiting for the answer.
 *
 * @param id nobody can guess it
 * @param subjects whom it is about, in the client's words: {@code Group/1}, {@code Patient/1} or a search
 * @param asOf nothing that was known later counts
 * @param persist whether results are stored
 * @param priority urgent jobs and others do not wait for each other
 */
public record Job(String id, String subjects, Instant asOf, boolean persist, Priority priority) {

    private static final String CAUSE = "job/";

    /** What stands as the cause of its questions. */
    String cause() {
        return CAUSE + id;
    }

    /** Whose turn its questions have. */
    Question.Kind kind() {
        return priority == Priority.URGENT ? Question.Kind.URGENT : Question.Kind.ROUTINE;
    }

    /** The id of the job that asks a question. */
    static String behind(Work work) {
        return work.cause().substring(CAUSE.length());
    }
}
