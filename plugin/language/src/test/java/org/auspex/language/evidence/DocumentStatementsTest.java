package org.auspex.language.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.NoteRefused;
import org.auspex.kernel.evidence.Statement;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Limits;
import org.auspex.language.facts.PaediatricVocabulary;
import org.auspex.language.facts.StarterVocabulary;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class DocumentStatementsTest {

    private static final NoteReader READER = new DocumentStatements(
            new Documents(Limits.USUAL, AttachmentBytes.INLINE_ONLY),
            List.of(new StarterVocabulary(), new PaediatricVocabulary()));

    @Test
    void statesWhatIsPresentDeniedAndOver() {
        var note = note("患儿咳嗽3天，无发热。既往史：湿疹。考虑肺炎可能。建议查血常规。");

        assertThat(shown(READER.statements(note))).containsExactly("cough PRESENT", "fever ABSENT", "eczema PAST");
    }

    @Test
    void statesNothingOfRelatives() {
        assertThat(READER.statements(note("家族史：父亲患高血压，母亲无糖尿病。"))).isEmpty();
    }

    @Test
    void readsEverythingThatIsNamedAndWhatMustBeAndIsNotKnown() {
        var note = READER.read(
                note("既往史：高血压。家族史：父亲患糖尿病。辅助检查：血钾 4.1mmol/L，钙 2.2mmol/L。\n初步诊断：1.肺炎 2.嗜铬细胞瘤"), Optional.empty());

        assertThat(note.facts().stream()
                        .map(fact -> "%s %s %s %s"
                                .formatted(
                                        fact.kind(),
                                        fact.said(),
                                        fact.words().text(),
                                        fact.amount()
                                                .map(amount -> amount.written())
                                                .orElse(""))
                                .strip()))
                .containsExactly(
                        "PROBLEM HISTORICAL 高血压",
                        "PROBLEM FAMILY 糖尿病",
                        "TEST PRESENT 血钾 4.1mmol/L",
                        "UNKNOWN PRESENT 钙 2.2mmol/L",
                        "PROBLEM PRESENT 肺炎",
                        "UNKNOWN PRESENT 嗜铬细胞瘤");
        assertThat(note.sha256()).hasSize(64);
    }

    @Test
    void readsNoNoteAboutSomebodyElse() {
        var patient = new Patient().setGender(Enumerations.AdministrativeGender.MALE);

        assertThatThrownBy(() -> READER.read(note("性别：女\n主诉：咳嗽。"), Optional.of(patient)))
                .isInstanceOf(NoteRefused.class)
                .hasMessageStartingWith("ANOTHER_PATIENT: ");
    }

    @Test
    void quotesTheWordsWithTheirPlace() {
        var statement = READER.statements(note("孩子流清鼻涕。")).get(0);

        assertThat(statement.quote()).isEqualTo("\"流清鼻涕\" at 2 to 6");
        assertThat(statement.concepts()).containsExactly("runny-nose", "http://hl7.org/fhir/sid/icd-10|R09.8");
    }

    @Test
    void givesTheValuesOfTests() {
        var report = new DiagnosticReport();
        report.addPresentedForm(text("Haemoglobin 13.5 g/dL. CRP <5 mg/L."));

        assertThat(READER.statements(report))
                .extracting(statement -> statement.measured().orElseThrow())
                .contains(new Statement.Measured(new BigDecimal("5"), "<", Optional.of("mg/L")));
    }

    @Test
    void saysWhyADocumentIsNotRead() {
        assertThatThrownBy(() -> READER.statements(new DocumentReference()))
                .isInstanceOf(NoteRefused.class)
                .hasMessageStartingWith("EMPTY: ");
        assertThatThrownBy(() -> READER.statements(new Patient())).hasMessageContaining("a Patient is no document");
    }

    @Test
    void knowsItsConceptsByNameAndCode() {
        assertThat(READER.problem("cough")).isEmpty();
        assertThat(READER.problem("http://hl7.org/fhir/sid/icd-10|R05")).isEmpty();
        assertThat(READER.problem("coguh").orElseThrow())
                .isEqualTo(
                        "no word of the vocabulary means 'coguh' - write a name of its lists, such as cough, or a code as system|code");
    }

    private static List<String> shown(List<Statement> statements) {
        return statements.stream()
                .map(statement -> statement.concepts().get(0) + " " + statement.claim())
                .toList();
    }

    private static DocumentReference note(String text) {
        var note = new DocumentReference();
        note.addContent().setAttachment(text(text));
        return note;
    }

    private static Attachment text(String text) {
        return new Attachment().setContentType("text/plain").setData(text.getBytes(StandardCharsets.UTF_8));
    }
}
