package org.auspex.language.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelId;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Limits;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.filing.Filed;
import org.auspex.language.prose.QuotedProse;
import org.auspex.language.prose.Tally;
import org.auspex.language.prose.Teller;
import org.auspex.language.summary.Style;
import org.auspex.language.summary.Summaries;
import org.auspex.language.summary.Tongue;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class NoteSummaryTest {

    private static final Instant NOW = Instant.parse("2024-03-12T04:00:00Z");
    private static final String NOTE = "CHIEF COMPLAINT\nPain <b>\"here\"</b> & there.\nPLAN\nECG today.";

    private final NoteSummary summaries = new NoteSummary(
            new Summaries(new Facts(List.of(new StarterVocabulary()))), new Teller(new QuotedProse(), new Tally()));

    @Test
    void isTheSameForTheSameTextStyleLanguageAndAdmission() {
        var one = identity(filed(NOTE, "1", "2024-03-12T10:00:00+08:00"), Style.FIRST_COURSE_RECORD, Tongue.EN);

        assertThat(identity(filed(NOTE, "2", "2024-03-12T10:00:00+08:00"), Style.FIRST_COURSE_RECORD, Tongue.EN))
                .isEqualTo(one);
        assertThat(List.of(
                        identity(
                                filed(NOTE + " ", "1", "2024-03-12T10:00:00+08:00"),
                                Style.FIRST_COURSE_RECORD,
                                Tongue.EN),
                        identity(filed(NOTE, "1", "2024-03-12T09:00:00+08:00"), Style.FIRST_COURSE_RECORD, Tongue.EN),
                        identity(filed(NOTE, "1", "2024-03-12T10:00:00+08:00"), Style.BRIEF, Tongue.EN),
                        identity(
                                filed(NOTE, "1", "2024-03-12T10:00:00+08:00"),
                                Style.FIRST_COURSE_RECORD,
                                Tongue.ZH_HANT)))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    @Test
    void restsOnTheNoteAndOnTheAdmissionUntilTheySayOtherwise() {
        var filed = filed(NOTE, "1", "2024-03-12T10:00:00+08:00");
        var basis = finding(filed, Style.FIRST_COURSE_RECORD, Tongue.EN).basis();

        assertThat(basis)
                .extracting(piece -> piece.reference())
                .containsExactly("DocumentReference/1/_history/1", "Encounter/1/_history/1");
        assertThat(summaries.pieces(NoteSummary.MODEL, filed.document()).orElseThrow())
                .containsExactly(basis.get(0));
        assertThat(summaries
                        .pieces(NoteSummary.MODEL, filed.encounter().orElseThrow())
                        .orElseThrow())
                .containsExactly(basis.get(1));
        assertThat(summaries.pieces(new ModelId("news2", "1.0.0"), filed.document()))
                .isEmpty();

        filed.document().setStatus(DocumentReferenceStatus.ENTEREDINERROR);
        assertThat(summaries.pieces(NoteSummary.MODEL, filed.document()).orElseThrow())
                .isEmpty();
    }

    @Test
    void escapesTheNoteOnThePage() {
        var finding = finding(filed(NOTE, "1", "2024-03-12"), Style.BRIEF, Tongue.EN);

        var page = new String(
                ((DocumentReference) finding.parts().get(0))
                        .getContentFirstRep()
                        .getAttachment()
                        .getData(),
                StandardCharsets.UTF_8);

        assertThat(page)
                .contains(
                        "Pain &lt;b&gt;&quot;here&quot;&lt;/b&gt; &amp; there.",
                        "<a href=\"#at-16\">",
                        "<mark id=\"at-16\">")
                .doesNotContain("<b>", "<script");
    }

    @Test
    void saysNothingOfANoteWithoutSections() {
        assertThatThrownBy(() -> finding(filed("secret words", "1", "2024-03-12"), Style.BRIEF, Tongue.EN))
                .isInstanceOf(DocumentRefused.class)
                .hasMessageContaining("has no section")
                .hasMessageNotContaining("secret");
    }

    private String identity(Filed filed, Style style, Tongue tongue) {
        return finding(filed, style, tongue).identity().hash();
    }

    private Finding finding(Filed filed, Style style, Tongue tongue) {
        var text = new Documents(Limits.USUAL, AttachmentBytes.INLINE_ONLY).read(filed.document());
        return summaries.of(filed, text, style, tongue, NOW).quoted();
    }

    private static Filed filed(String note, String version, String admission) {
        var document = new DocumentReference();
        document.setId("DocumentReference/1/_history/" + version);
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.addContent()
                .getAttachment()
                .setContentType("text/plain; charset=utf-8")
                .setData(note.getBytes(StandardCharsets.UTF_8));
        var patient = new Patient();
        patient.setId("1");
        var encounter = new Encounter();
        encounter.setId("Encounter/1/_history/1");
        encounter.getPeriod().setStartElement(new DateTimeType(admission));
        return new Filed(document, patient, Optional.of(encounter));
    }
}
