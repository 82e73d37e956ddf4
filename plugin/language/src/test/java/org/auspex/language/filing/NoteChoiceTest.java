package org.auspex.language.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.junit.jupiter.api.Test;

class NoteChoiceTest {

    @Test
    void takesTheNewestAdmissionNoteBeforeAnythingNewer() {
        var newest = document("3");
        var coded = document("2");
        coded.getType().addCoding().setSystem("http://loinc.org").setCode("34117-2");
        var titled = document("1");
        titled.getContentFirstRep().getAttachment().setTitle("入院记录 2024");

        assertThat(NoteChoice.of(List.of(newest, coded, titled))).contains(coded);
        assertThat(NoteChoice.of(List.of(newest, titled))).contains(titled);
        assertThat(NoteChoice.of(List.of(newest))).contains(newest);
    }

    @Test
    void passesOverWhatHasNothingToReadOrWasAnError() {
        var empty = new DocumentReference();
        var wrong = document("1").setDocStatus(ReferredDocumentStatus.ENTEREDINERROR);

        assertThat(NoteChoice.of(List.of(empty, wrong))).isEmpty();
    }

    private static DocumentReference document(String id) {
        var document = new DocumentReference();
        document.setId(id);
        document.addContent().setAttachment(new Attachment().setUrl("Binary/" + id));
        return document;
    }
}
