package org.auspex.language.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.text.Folding;
import org.auspex.terminology.Code;

/** What may pass for the name of a diagnosis, and its code of ICD-10 where a vocabulary has one. */
final class DiagnosisNames {

    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";

    /** One line of a few words: whoever is told to write orders instead writes more. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}0-9][\\p{L}\\p{Nd} ,()/'-]{1,59}");

    private static final int MOST_WORDS = 8;

    private final Map<String, Code> codes = new HashMap<>();
    private final Facts facts;

    DiagnosisNames(List<Vocabulary> vocabularies, Facts facts) {
        this.facts = facts;
        vocabularies.stream()
                .flatMap(Vocabulary::terms)
                .forEach(term -> term.concept().codes().stream()
                        .filter(code -> code.system().equals(ICD_10))
                        .findFirst()
                        .ifPresent(code -> codes.putIfAbsent(Folding.of(term.words()), code)));
    }

    /** A treatment is no diagnosis. */
    boolean isName(String words) {
        return NAME.matcher(words).matches()
                && words.split(" ").length <= MOST_WORDS
                && facts.of(words).facts().stream()
                        .noneMatch(fact -> fact.kind() == FactKind.DRUG || fact.kind() == FactKind.PROCEDURE);
    }

    /** Empty for a diagnosis that no vocabulary knows by these words. */
    Optional<Code> code(String words) {
        return Optional.ofNullable(codes.get(Folding.of(words)));
    }
}
