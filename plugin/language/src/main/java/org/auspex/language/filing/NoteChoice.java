package org.auspex.language.filing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;

/** Which of a patient's documents is summarised when none is named: the newest admission note, else the newest document. */
public final class NoteChoice {

    /** LOINC: History and physical note; Hospital Admission history and physical note. */
    private static final Set<String> ADMISSION = Set.of("34117-2", "47039-3");

    private static final List<String> ADMISSION_WORDS =
            List.of("入院记录", "入院記錄", "入院病历", "入院病歷", "admission note", "admission history", "history and physical");

    private NoteChoice() {}

    /** @param documents current ones, newest first */
    public static Optional<DocumentReference> of(List<DocumentReference> documents) {
        return documents.stream()
                .filter(NoteChoice::hasAttachment)
                .filter(document -> document.getDocStatus() != ReferredDocumentStatus.ENTEREDINERROR)
                .min(Comparator.comparing(document -> !isAdmission(document)));
    }

    private static boolean hasAttachment(DocumentReference document) {
        return attachments(document).anyMatch(attachment -> attachment.hasData() || attachment.hasUrl());
    }

    private static boolean isAdmission(DocumentReference document) {
        var type = document.getType();
        return type.getCoding().stream()
                        .anyMatch(coding ->
                                Systems.LOINC.equals(coding.getSystem()) && ADMISSION.contains(coding.getCode()))
                || words(document).anyMatch(NoteChoice::namesAdmission);
    }

    private static Stream<String> words(DocumentReference document) {
        var type = document.getType();
        return Stream.of(
                        Stream.ofNullable(type.getText()),
                        type.getCoding().stream().flatMap(coding -> Stream.ofNullable(coding.getDisplay())),
                        Stream.ofNullable(document.getDescription()),
                        attachments(document).flatMap(attachment -> Stream.ofNullable(attachment.getTitle())))
                .flatMap(words -> words);
    }

    private static boolean namesAdmission(String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        return ADMISSION_WORDS.stream().anyMatch(lower::contains);
    }

    private static Stream<Attachment> attachments(DocumentReference document) {
        return document.getContent().stream().map(DocumentReferenceContentComponent::getAttachment);
    }
}
