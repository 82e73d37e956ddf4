package org.auspex.language.prose;

import java.util.List;
import java.util.Optional;
import org.auspex.language.chat.ChatFailure;
import org.auspex.language.chat.Reply;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.summary.Part;

/**
 * A part of a summary as it is shown, and how it came about.
 *
 * @param statements in the order of the part's quotations; all of them are supported
 * @param judged every claim that the model made, shown or not, to be kept and counted
 * @param replies of the model, with their prompts
 * @param failure why the model gave no prose, or could not be asked again
 */
public record Writing(
        Part part,
        Form form,
        List<Statement> statements,
        List<Judged> judged,
        List<Reply> replies,
        Optional<ChatFailure> failure) {

    public Writing {
        statements = List.copyOf(statements);
        judged = List.copyOf(judged);
        replies = List.copyOf(replies);
    }

    static Writing quoted(Part part, Form form) {
        return new Writing(part, form, quotations(part), List.of(), List.of(), Optional.empty());
    }

    /** The same as {@link Form#MODEL_FAILED}, for a part that the model was not asked about, since it failed before. */
    static Writing after(ChatFailure failure, Part part) {
        return new Writing(part, Form.MODEL_FAILED, quotations(part), List.of(), List.of(), Optional.of(failure));
    }

    static List<Statement> quotations(Part part) {
        return part.quotations().stream().map(Statement::quoting).toList();
    }

    /** How many claims had this verdict. */
    public long count(Outcome outcome) {
        return judged.stream()
                .filter(claim -> claim.verdict().outcome() == outcome)
                .count();
    }
}
