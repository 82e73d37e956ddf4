package org.auspex.commandline.exam;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.auspex.commandline.exam.Answered.Outcome;
import org.auspex.language.chat.Chat;
import org.auspex.language.chat.ChatFailure;
import org.auspex.language.chat.ChatFailure.Reason;
import org.auspex.language.chat.Prompt;
import org.auspex.language.chat.Reply;

/** Puts questions to a model, several at once, and writes each answer down as it comes. */
public final class Exam {

    private static final String PROMPT = "exam";
    private static final String VERSION = "1";

    private static final String INSTRUCTIONS = """
            You answer an examination question with one right option. Reply with the letter of that option alone, as in: Answer: B
            """;

    /** What will be the same for every question. */
    private static final Set<Reason> HOPELESS = Set.of(Reason.UNAUTHORISED, Reason.NOT_FOUND, Reason.INTERRUPTED);

    /** So many questions in a row without an answer, and the endpoint is taken for broken. */
    private static final int GIVE_UP = 10;

    private final Chat chat;
    private final String model;
    private final int atOnce;

    /** @param atOnce how many questions; the chat must allow as many */
    public Exam(Chat chat, String model, int atOnce) {
        this.chat = chat;
        this.model = model;
        this.atOnce = atOnce;
    }

    /** What is known after a run. */
    record Run(List<Answered> lines, Map<Reason, Integer> failures, int earlier, double seconds) {}

    /**
     * Asks what {@code out} has no answer to.
     *
     * @param limit of questions of each file
     * @throws ChatFailure if the endpoint cannot be used at all; what was answered before is in {@code out}
     * @throws IllegalArgumentException for questions or results that cannot be read
     */
    public ExamReport of(List<Path> files, int limit, Path out, Prices prices) throws IOException {
        var questions = Questions.in(files, limit);
        try (var sheet = Sheet.open(out, model, PROMPT + "|" + VERSION)) {
            return ExamReport.of(model, questions, run(questions, sheet), prices);
        }
    }

    private Run run(List<Question> questions, Sheet sheet) throws IOException {
        var since = System.nanoTime();
        var known = sheet.keys();
        var open = questions.stream()
                .filter(question -> !known.contains(question.key()))
                .toList();
        var failures = failures(open, sheet);
        var asked = questions.stream().map(Question::key).collect(Collectors.toUnmodifiableSet());
        var lines = sheet.lines().stream()
                .filter(line -> asked.contains(line.key()))
                .toList();
        return new Run(lines, failures, questions.size() - open.size(), (System.nanoTime() - since) / 1e9);
    }

    private Map<Reason, Integer> failures(List<Question> questions, Sheet sheet) throws IOException {
        var failures = new EnumMap<Reason, Integer>(Reason.class);
        var threads = Executors.newFixedThreadPool(atOnce);
        try {
            var running = questions.stream()
                    .map(question -> threads.submit(() -> ask(question, sheet)))
                    .toList();
            var inARow = 0;
            for (var asked : running) {
                var failure = result(asked);
                inARow = failure.isPresent() ? inARow + 1 : 0;
                if (failure.isPresent()) {
                    stopIfHopeless(failure.get(), inARow);
                    failures.merge(failure.get().reason(), 1, Integer::sum);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return failures;
    }

    private static void stopIfHopeless(ChatFailure failure, int inARow) {
        if (HOPELESS.contains(failure.reason()) || inARow >= GIVE_UP) {
            throw failure;
        }
    }

    private Optional<ChatFailure> ask(Question question, Sheet sheet) throws IOException {
        try {
            sheet.write(answered(question, chat.ask(new Prompt(PROMPT, VERSION, INSTRUCTIONS, question.asked()))));
            return Optional.empty();
        } catch (ChatFailure failure) {
            if (failure.reason() == Reason.REFUSED) {
                sheet.write(without(question, Outcome.REFUSED));
            } else if (failure.reason() == Reason.CUT_SHORT) {
                sheet.write(without(question, Outcome.CUT_SHORT));
            } else {
                return Optional.of(failure);
            }
            return Optional.empty();
        }
    }

    private static Optional<ChatFailure> result(Future<Optional<ChatFailure>> asked) throws IOException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IOException("An answer could not be written down", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The exam was interrupted; the same command goes on with it", e);
        }
    }

    private Answered answered(Question question, Reply reply) {
        var letter = Letters.in(reply.text(), question.options().keySet());
        return new Answered(
                question.source(),
                question.id(),
                letter.isPresent() ? Outcome.CHOSEN : Outcome.UNPARSEABLE,
                letter.orElse(null),
                question.answer(),
                model,
                reply.served(),
                PROMPT + "|" + VERSION,
                reply.text(),
                reply.usage().map(Reply.Usage::input).orElse(0),
                reply.usage().map(Reply.Usage::output).orElse(0),
                reply.took().toNanos() / 1e9);
    }

    private Answered without(Question question, Outcome outcome) {
        return new Answered(
                question.source(),
                question.id(),
                outcome,
                null,
                question.answer(),
                model,
                null,
                PROMPT + "|" + VERSION,
                null,
                0,
                0,
                0);
    }
}
