package org.auspex.language.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.language.text.Lines;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;

/** The vocabulary that ships, {@code vocabulary.tsv}: common words of internal medicine, English and Chinese. */
public final class StarterVocabulary implements Vocabulary {

    private static final Map<String, String> SYSTEMS = Map.of(
            "icd10", "http://hl7.org/fhir/sid/icd-10",
            "atc", "http://www.whocc.no/atc",
            "loinc", Systems.LOINC);

    @Override
    public Stream<Term> terms() {
        return Lines.of(StarterVocabulary.class, "vocabulary.tsv").stream().flatMap(StarterVocabulary::terms);
    }

    private static Stream<Term> terms(String[] columns) {
        var words = Stream.of(columns[3], columns[4])
                .flatMap(list -> Arrays.stream(list.split("\\|")))
                .filter(term -> !term.isBlank())
                .toList();
        var concept = new Concept(
                FactKind.valueOf(columns[0].toUpperCase(Locale.ROOT)), columns[1], words.get(0), codes(columns[2]));
        return words.stream().map(term -> new Term(term, concept));
    }

    private static List<Code> codes(String column) {
        return Arrays.stream(column.split(" "))
                .filter(code -> !code.isEmpty())
                .map(code -> code.split(":", 2))
                .map(parts -> new Code(SYSTEMS.getOrDefault(parts[0], parts[0]), parts[1]))
                .toList();
    }
}
