package org.auspex.kernel.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.outcome.Issue;

/**
 * What must not go unanswered.
 *
 * @param name unique within the card, in lower case with hyphens
 * @param title what it is about, in a few words
 * @param finding the input whose value it is about; what answers it comes at that time or later
 * @param when the condition over inputs under which it needs an answer
 * @param says words for people; {@code {input}} stands for the value of an input
 * @param source the publication behind it
 * @param reference where that is found, a URL
 * @param answers inputs that tell whether somebody answered it: each {@code yes} does
 */
public record Rule(
        String name,
        String title,
        Issue.Severity severity,
        String finding,
        Expression when,
        String says,
        String source,
        Optional<String> reference,
        List<Input> answers) {

    public Rule {
        answers = List.copyOf(answers);
    }

    /** Every input that it looks at, the finding first. */
    public List<String> inputs() {
        var names = new ArrayList<>(List.of(finding));
        when.names().stream().sorted().filter(name -> !name.equals(finding)).forEach(names::add);
        return names;
    }

    /** The name of one of the inputs that answer it, such as {@code severeAnaemiaDiagnosed}. */
    static String answer(String rule, String how) {
        var words = Arrays.stream(rule.split("-")).map(Rule::capital).collect(Collectors.joining());
        return Stream.of(words.substring(0, 1).toLowerCase(java.util.Locale.ROOT), words.substring(1), how)
                .collect(Collectors.joining());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
    }

    /** Whether a category of one of {@link #answers()} says that it was answered. */
    public static boolean isAnswer(String category) {
        return category.equals(Category.YES);
    }
}
