package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Communication.CommunicationPriority;

/**
 * Tells by rule whether a question names signs of an emergency. The rules are {@code urgent-signs.tsv}, {@code urgent-rules.tsv} and {@code urgent-frames.tsv} of the
 * terminology. A sign that is denied, long past, or only asked about in general does not count. When in doubt it does.
 */
public final class UrgentSigns {

    private static final String CRISIS = "crisis";

    private final Map<String, List<Pattern>> signs = patterns("urgent-signs.tsv");
    private final Map<String, List<Pattern>> frames = patterns("urgent-frames.tsv");
    private final List<String[]> rules = Lines.of(Systems.class, "urgent-rules.tsv");
    private final Sentences sentences = new Sentences();

    /** Empty if the question can wait. */
    public Optional<Urgency> of(String question) {
        var said = sentences.of(question, new Span(0, question.length())).stream()
                .map(sentence -> Folding.of(sentence.in(question)))
                .filter(sentence -> !isGeneral(sentence))
                .toList();
        var fitting = rules.stream()
                .filter(rule -> Arrays.stream(rule[3].split(",")).allMatch(sign -> isNamed(sign, said, rule[2])))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        var isStat = fitting.stream().anyMatch(rule -> rule[1].equals("stat"));
        return Optional.of(new Urgency(
                fitting.stream().map(rule -> rule[0]).toList(),
                isStat ? CommunicationPriority.STAT : CommunicationPriority.URGENT,
                fitting.stream().anyMatch(rule -> rule[2].equals(CRISIS)) ? CRISIS : "emergency"));
    }

    private boolean isGeneral(String sentence) {
        return is("general", sentence) && !is("person", sentence);
    }

    /** What somebody once wanted to do to themselves still concerns us. */
    private boolean isNamed(String sign, List<String> said, String advice) {
        return said.stream()
                .filter(sentence -> advice.equals(CRISIS) || !is("past", sentence) || is("now", sentence))
                .anyMatch(sentence -> isNamed(sign, sentence));
    }

    private boolean isNamed(String sign, String sentence) {
        return signs.getOrDefault(sign, List.of()).stream()
                .flatMap(pattern -> pattern.matcher(sentence).results())
                .anyMatch(match -> !is("denied", sentence.substring(0, match.start())));
    }

    private boolean is(String frame, String words) {
        return frames.getOrDefault(frame, List.of()).stream()
                .anyMatch(pattern -> pattern.matcher(words).find());
    }

    private static Map<String, List<Pattern>> patterns(String file) {
        var patterns = new HashMap<String, List<Pattern>>();
        var bounded = file.equals("urgent-signs.tsv");
        for (var columns : Lines.of(Systems.class, file)) {
            patterns.computeIfAbsent(columns[0], name -> new ArrayList<>()).add(pattern(columns[1], bounded));
        }
        return patterns;
    }

    private static Pattern pattern(String written, boolean bounded) {
        var latin = written.chars().noneMatch(character -> Folding.isIdeograph((char) character));
        var expression = written.replace("~", "[^.?!;]{0,30}?");
        return Pattern.compile(bounded && latin ? "\\b(?:" + expression + ")\\b" : expression);
    }
}
