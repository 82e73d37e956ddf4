package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.FactNames;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Statement;
import org.auspex.kernel.features.Category;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that read documents. */
class FactCardTest {

    private static final String COUGH =
            "{name: cough, from: \"DocumentReference?type=http://loinc.org|34117-2\", value: fact, fact: cough, missing: indicator}";
    private static final String HAEMOGLOBIN =
            "{name: hb, from: DocumentReference, value: fact, fact: haemoglobin, unit: g/L, range: {low: 30, high: 250}}";

    @TempDir
    private Path folder;

    @Test
    void readsYesOrNoAndNumbers() throws IOException, CardRefused {
        var inputs = cards().read(card(COUGH, HAEMOGLOBIN)).requirements().inputs();

        assertThat(inputs.get(0).categories()).isEqualTo(Category.NO_YES);
        assertThat(inputs.get(0).sources().get(0).fact()).contains("cough");
        assertThat(inputs.get(0).sources().get(0).from().query()).isEqualTo("type=http://loinc.org|34117-2");
        assertThat(inputs.get(1).isCategorical()).isFalse();
        assertThat(inputs.get(1).sources().get(0).unit()).contains("g/L");
    }

    @Test
    void saysWhatIsWrongAndHowToMendIt() throws IOException {
        assertThat(problems(COUGH.replace("fact: cough, ", "")))
                .contains("line 10: 'fact' is missing - add what the document is read for, such as fact: cough");
        assertThat(problems(COUGH.replace("value: fact", "value: description")))
                .contains("line 10: only value: fact looks for one - write value: fact, or remove it");
        assertThat(problems(COUGH.replace("\"DocumentReference?type=http://loinc.org|34117-2\"", "Observation")))
                .contains(
                        "line 10: facts are read from documents, not from Observation - write from: DocumentReference or DiagnosticReport");
        assertThat(problems(COUGH.replace("missing:", "range: {low: 1, high: 2}, missing:")))
                .contains("line 10: range is for numbers - add unit:, or remove it");
        assertThat(problems(COUGH.replace("missing:", "take: mean, missing:")))
                .contains("line 10: yes and no have no mean - write take: latest or first");
        assertThat(problems(HAEMOGLOBIN.replace("unit:", "categories: [{category: low}, {category: high}], unit:")))
                .anySatisfy(problem -> assertThat(problem).contains("a fact is yes or no, or a number with its unit"));
    }

    @Test
    void refusesAFactThatNobodyReads() throws IOException {
        assertThat(problems(COUGH.replace("fact: cough", "fact: coguh")))
                .containsExactly("line 10: nobody knows 'coguh' - write cough");
    }

    private List<String> problems(String input) throws IOException {
        var written = card(input);
        return catchThrowableOfType(CardRefused.class, () -> cards().read(written)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private Path card(String... inputs) throws IOException {
        Files.writeString(folder.resolve("model.yaml"), """
                model: note
                version: 1.0.0
                title: Note
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: DocumentReference
                engine: {kind: kserve, url: "http://localhost:1"}
                outputs: [{name: risk, kind: probability, display: Risk}]
                inputs:
                  - %s
                """.formatted(String.join("\n  - ", inputs)));
        return folder;
    }

    private static CardReader cards() {
        var fhir = FhirContext.forR4Cached();
        return new CardReader(
                new Units(),
                List.of(
                        new PathRule(fhir, new Paths(fhir), new ShippedVocabulary(fhir), criteria -> Optional.empty()),
                        new FactNames(new Knowing())));
    }

    /** Knows two words. */
    private static final class Knowing implements NoteReader {
        @Override
        public List<Statement> statements(Resource note) {
            return List.of();
        }

        @Override
        public Optional<String> problem(String concept) {
            return List.of("cough", "haemoglobin").contains(concept)
                    ? Optional.empty()
                    : Optional.of("nobody knows '%s' - write cough".formatted(concept));
        }
    }
}
