package org.auspex.language.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.language.chat.Chat;
import org.auspex.language.chat.ChatFailure;
import org.auspex.language.chat.Prompt;
import org.auspex.language.chat.Reply;
import org.auspex.language.facts.Facts;
import org.auspex.language.grounding.Check;
import org.auspex.language.summary.Part;

/**
 * Has a language model tell quotations in connected words, and shows of them what the quotations say. What is not supported is asked for once
 * more and then left out; what is contradicted is never shown; what the prose leaves out stays quoted. If the model cannot be asked, all stays quoted.
 */
public final class ChatProse implements Prose {

    /** Of one question; about 10,000 tokens of Chinese. */
    private static final int MOST_CHARACTERS = 16_000;

    private final Chat chat;
    private final Judge judge;
    private final Retelling retelling;
    private final Claims claims = new Claims();
    private final MachineAddress address = new MachineAddress();

    /** @param checks that every claim must pass, the cheapest first */
    public ChatProse(Chat chat, List<Check> checks, Facts facts) {
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("Prose of a language model needs at least one check");
        }
        this.chat = chat;
        this.judge = new Judge(checks);
        this.retelling = new Retelling(facts);
    }

    @Override
    public Optional<String> voice() {
        return Optional.of("%s|%s|%d".formatted(chat.model(), Prompts.ID, judge.checks()));
    }

    @Override
    public Writing of(Part part) {
        var quotations = part.quotations();
        if (quotations.isEmpty()) {
            return Writing.quoted(part, Form.EMPTY);
        }
        if (address.isIn(quotations)) {
            return Writing.quoted(part, Form.ADDRESSED);
        }
        if (quotations.stream().mapToInt(quotation -> quotation.text().length()).sum() > MOST_CHARACTERS) {
            return Writing.quoted(part, Form.TOO_LONG);
        }
        return new Attempt(part).writing();
    }

    /** One part on its way: what was said and judged so far, also when the model fails in between. */
    private final class Attempt {

        private final Part part;
        private final List<Reply> replies = new ArrayList<>();
        private final List<Judged> judged = new ArrayList<>();

        private Attempt(Part part) {
            this.part = part;
        }

        private Writing writing() {
            try {
                hear(Prompts.tell(part.quotations()));
                var rejected =
                        judged.stream().filter(claim -> !claim.isSupported()).toList();
                if (!rejected.isEmpty()) {
                    hear(Prompts.tellAgain(part.quotations(), rejected));
                }
                return told(Form.UNSUPPORTED, Optional.empty());
            } catch (ChatFailure failure) {
                return told(Form.MODEL_FAILED, Optional.of(failure));
            }
        }

        /** A reply counts only when all its claims are judged. */
        private void hear(Prompt prompt) {
            var reply = chat.ask(prompt);
            replies.add(reply);
            var round = replies.size();
            judged.addAll(claims.of(reply.text()).stream()
                    .map(claim -> judge.of(claim, part.quotations(), round))
                    .toList());
        }

        private Writing told(Form otherwise, Optional<ChatFailure> failure) {
            var supported = judged.stream().filter(Judged::isSupported).toList();
            return new Writing(
                    part,
                    supported.isEmpty() ? otherwise : Form.TOLD,
                    retelling.of(supported, part.quotations()),
                    judged,
                    replies,
                    failure);
        }
    }
}
