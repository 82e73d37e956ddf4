package org.auspex.language.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.language.text.Lines;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;

/** A list of words that ships: kind, name, codes, English words, Chinese words. */
final class VocabularyFile {

    private static final Map<String, String> SYSTEMS = Map.of(
            "icd10", "http://hl7.org/fhir/sid/icd-10",
            "atc", "http://www.whocc.no/atc",
            "loinc", Systems.LOINC);

    private VocabularyFile() {}

    static Stream<Vocabulary.Term> terms(String file) {
        return Lines.of(VocabularyFile.class, file).stream().flatMap(VocabularyFile::terms);
    }

    private static Stream<Vocabulary.Term> terms(String[] columns) {
        var words = Stream.of(columns[3], columns[4])
                .flatMap(list -> Arrays.stream(list.split("\\|")))
                .filter(term -> !term.isBlank())
                .toList();
        var concept = new Concept(
                FactKind.valueOf(columns[0].toUpperCase(Locale.ROOT)), columns[1], words.get(0), codes(columns[2]));
        return words.stream().map(term -> new Vocabulary.Term(term, concept));
    }

    private static List<Code> codes(String column) {
        return Arrays.stream(column.split(" "))
                .filter(code -> !code.isEmpty())
                .map(code -> code.split(":", 2))
                .map(parts -> new Code(SYSTEMS.getOrDefault(parts[0], parts[0]), parts[1]))
                .toList();
    }
}
