package org.auspex.commandline.exam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.auspex.commandline.exam.Answered.Outcome;
import org.auspex.language.chat.ChatFailure;

/**
 * What came out. Answers of earlier runs to the same questions count too.
 *
 * @param served what the endpoint called the models that answered
 * @param sources by name; those without any answer are left out
 * @param failures questions of this run without an answer, by reason; the next run asks them again
 * @param earlier questions that an earlier run has answered
 * @param cost of all answers
 * @param seconds of this run
 */
public record ExamReport(
        String model,
        Collection<String> served,
        Map<String, Source> sources,
        Map<ChatFailure.Reason, Integer> failures,
        int earlier,
        Tokens tokens,
        double cost,
        double seconds) {

    /**
     * @param accuracy right ones among all that were answered; unparseable, refused and cut short answers are wrong
     * @param low of its 95 % interval (Wilson)
     */
    public record Source(
            int questions,
            int answered,
            int right,
            double accuracy,
            double low,
            double high,
            int unparseable,
            int refused,
            int cutShort) {

        static Source of(int questions, List<Answered> lines) {
            var right = (int) lines.stream().filter(Answered::correct).count();
            var interval = Wilson.of(right, lines.size());
            return new Source(
                    questions,
                    lines.size(),
                    right,
                    (double) right / lines.size(),
                    interval.low(),
                    interval.high(),
                    count(lines, Outcome.UNPARSEABLE),
                    count(lines, Outcome.REFUSED),
                    count(lines, Outcome.CUT_SHORT));
        }

        private static int count(List<Answered> lines, Outcome outcome) {
            return (int)
                    lines.stream().filter(line -> line.outcome() == outcome).count();
        }
    }

    /** As the endpoint counts them; answers that were refused or cut short are not counted. */
    public record Tokens(long input, long output) {}

    static ExamReport of(String model, List<Question> questions, Exam.Run run, Prices prices) {
        var lines = run.lines();
        var bySource = new LinkedHashMap<String, List<Answered>>();
        lines.forEach(line -> bySource.computeIfAbsent(line.source(), source -> new ArrayList<>())
                .add(line));
        var sources = new TreeMap<String, Source>();
        bySource.forEach((source, answered) -> sources.put(
                source,
                Source.of(
                        (int) questions.stream()
                                .filter(question -> question.source().equals(source))
                                .count(),
                        answered)));
        var served = new TreeSet<String>();
        lines.stream().map(Answered::served).filter(Objects::nonNull).forEach(served::add);
        return new ExamReport(
                model,
                served,
                sources,
                run.failures(),
                run.earlier(),
                new Tokens(
                        lines.stream().mapToLong(Answered::inputTokens).sum(),
                        lines.stream().mapToLong(Answered::outputTokens).sum()),
                prices.of(lines),
                run.seconds());
    }

    public boolean isComplete() {
        return failures.isEmpty();
    }
}
