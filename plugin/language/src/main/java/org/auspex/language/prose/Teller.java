package org.auspex.language.prose;

import java.util.Optional;
import org.auspex.language.chat.ChatFailure;
import org.auspex.language.summary.Part;
import org.auspex.language.summary.Summary;

/** Tells a summary part by part, and counts what became of it. After a failure that the next question would meet as well, the rest is quoted. */
public final class Teller {

    private final Prose prose;
    private final Tally tally;

    public Teller(Prose prose, Tally tally) {
        this.prose = prose;
        this.tally = tally;
    }

    /** See {@link Prose#voice()}. */
    public Optional<String> voice() {
        return prose.voice();
    }

    /** May take as long as one question to the language model for each part. Never fails for want of one. */
    public Telling of(Summary summary) {
        return Telling.of(summary, new Course()::writing);
    }

    /** One summary on its way. */
    private final class Course {

        private Optional<ChatFailure> down = Optional.empty();

        private Writing writing(Part part) {
            if (part.quotations().isEmpty()) {
                return Writing.quoted(part, Form.EMPTY);
            }
            var writing = down.map(failure -> Writing.after(failure, part)).orElseGet(() -> prose.of(part));
            down = writing.failure().filter(failure -> !failure.reason().isAboutTheQuestion());
            tally.count(writing);
            return writing;
        }
    }
}
