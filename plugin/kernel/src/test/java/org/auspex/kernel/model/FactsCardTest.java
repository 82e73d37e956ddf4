package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auspex.kernel.FactNames;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.Statement;
import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.outcome.Output;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that write down what documents name. */
class FactsCardTest {

    private static final String CARD = """
            model: facts
            version: 1.0.0
            title: Facts
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: DocumentReference
            engine: {kind: facts}
            trigger: {on: [DocumentReference]}
            inputs: [{name: note, from: DocumentReference, value: facts}]
            outputs: [{name: facts, kind: facts, display: Facts, facts: [{kind: problem}, {fact: temperature, unit: Cel, range: {low: 25, high: 45}}]}]
            """;

    @TempDir
    private Path folder;

    @Test
    void saysWhatIsWanted() throws IOException, CardRefused {
        var card = read(CARD);

        assertThat(card.output().kind()).isEqualTo(Output.Kind.FACTS);
        assertThat(card.output().wanted().get(0).kind()).contains(NotedFact.Kind.PROBLEM);
        assertThat(card.output().wanted().get(1).unit()).contains("Cel");
        assertThat(card.output().wanted().get(1).high()).contains(new BigDecimal("45"));
    }

    @Test
    void saysWhatIsWrongAndHowToMendIt() throws IOException {
        assertThat(problems(CARD.replace("subject: DocumentReference", "subject: Patient")))
                .contains("line 6: facts are of one document - write subject: DocumentReference");
        assertThat(problems(CARD.replace("on: [DocumentReference]", "on: [Observation]")))
                .contains("line 8: only a document can be read - write DocumentReference?type=system|code");
        assertThat(problems(CARD.replace("value: facts", "value: fact, fact: temperature")))
                .contains("line 9: the engine reads whole documents - write value: facts");
        assertThat(problems(CARD.replace("value: facts", "value: facts, missing: indicator")))
                .contains("line 9: a document as a whole has no missing - remove it");
        assertThat(problems(CARD.replace("kind: facts, display", "kind: score, display")))
                .contains("line 10: an engine of kind facts gives facts - write kind: facts");
        assertThat(problems(CARD.replace("{kind: problem}", "{kind: problem, unit: Cel}")))
                .contains("line 10: a unit is of one test - write fact: and its name");
        assertThat(problems(CARD.replace("unit: Cel, range", "range")))
                .contains("line 10: it is not said in which unit - add unit: such as mmol/L");
        assertThat(problems(CARD.replace("unit: Cel", "unit: degrees")))
                .anySatisfy(problem -> assertThat(problem).contains("'degrees' is no UCUM unit"));
        assertThat(problems(CARD.replace("low: 25, high: 45", "low: 45, high: 25")))
                .contains("line 10: the range's low is above its high - swap them");
        assertThat(problems(CARD.replace("fact: temperature", "fact: temprature")))
                .contains("line 10: nobody knows 'temprature' - write temperature");
        assertThat(problems(CARD.replace("engine: {kind: facts}", "engine: {kind: facts, file: model.pt}")))
                .contains("line 7: an engine of kind facts has no file - remove it");
    }

    private ModelCard read(String card) throws IOException, CardRefused {
        Files.writeString(folder.resolve("model.yaml"), card);
        return new CardReader(new Units(), List.of(new FactNames(new Thermometer()))).read(folder);
    }

    private List<String> problems(String card) {
        return catchThrowableOfType(CardRefused.class, () -> read(card)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    /** Knows one word. */
    private static final class Thermometer implements NoteReader {
        @Override
        public List<Statement> statements(Resource note) {
            return List.of();
        }

        @Override
        public java.util.Optional<String> problem(String concept) {
            return concept.equals("temperature")
                    ? java.util.Optional.empty()
                    : java.util.Optional.of("nobody knows '%s' - write temperature".formatted(concept));
        }
    }
}
