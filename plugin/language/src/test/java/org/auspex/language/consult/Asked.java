package org.auspex.language.consult;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.DocumentVersion;
import org.auspex.language.documents.Format;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.Tally;
import org.auspex.language.retrieval.Analysis;
import org.auspex.language.retrieval.KnowledgeFolder;
import org.auspex.language.retrieval.KnowledgeIndex;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;

/** A patient with a record, who asks. */
final class Asked implements AutoCloseable {

    static final Path PAGES = Path.of("../../testdata/knowledge/pages");
    static final String NOTE =
            "CHIEF COMPLAINT\nDizziness.\nPAST HISTORY\nHypertension since 2015.\nPLAN\nRecheck in a month.";

    private final KnowledgeIndex index;
    private final KnowledgeFolder folder;
    private final Answers answers;
    private final List<Resource> entries = new ArrayList<>();
    private final List<ReadNote> notes = new ArrayList<>();

    Asked(Prose prose) throws IOException {
        var analysis = new Analysis();
        index = new KnowledgeIndex(analysis);
        folder = new KnowledgeFolder(PAGES, 1 << 20, index);
        folder.scan();
        var search = new KnowledgeSearch(index, analysis);
        answers = new Answers(
                new AnswerSources(List.of(new StarterVocabulary()), analysis, search, prose, new Tally()),
                () -> true,
                new Phrases(Optional.empty(), Optional.empty()));
    }

    Answer answer(String question) {
        return answers.of(
                Question.of(question, Optional.empty(), 2000), new PatientRecord("Patient/1", entries, notes));
    }

    Asked withRecord() {
        var condition = new Condition();
        condition.setCode(new CodeableConcept().setText("Essential hypertension"));
        condition.getClinicalStatus().addCoding(new Coding().setCode("active"));
        condition.setOnset(new DateTimeType("2015-03-01"));
        add("Condition", condition);
        add("MedicationRequest", medicine("Metoprolol 50 mg tablet", "1 tablet twice daily", "active"));
        add("MedicationRequest", medicine("Simvastatin 20 mg tablet", "1 tablet at night", "stopped"));
        var allergy = new AllergyIntolerance();
        allergy.setCode(new CodeableConcept().setText("Penicillin"));
        allergy.addReaction().addManifestation(new CodeableConcept().setText("Hives"));
        add("AllergyIntolerance", allergy);
        var pressure = new Observation();
        pressure.setStatus(Observation.ObservationStatus.FINAL);
        pressure.setCode(new CodeableConcept().setText("Systolic blood pressure"));
        pressure.setEffective(new DateTimeType("2026-01-02"));
        pressure.setValue(new Quantity(148).setUnit("mmHg"));
        add("Observation", pressure);
        var report = new DiagnosticReport();
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        report.setCode(new CodeableConcept().setText("Chest X-ray"));
        report.setEffective(new DateTimeType("2026-01-03"));
        report.setConclusion("Clear lungs.\nHeart of normal size.");
        add("DiagnosticReport", report);
        var document = new DocumentReference();
        document.setId("DocumentReference/9/_history/2");
        document.getMeta().setVersionId("2");
        notes.add(new ReadNote(
                document,
                new DocumentText(
                        new DocumentVersion("DocumentReference/9/_history/2", 0),
                        Format.PLAIN,
                        NOTE,
                        List.of(),
                        List.of())));
        return this;
    }

    private static MedicationRequest medicine(String name, String dosage, String status) {
        var request = new MedicationRequest();
        request.setMedication(new CodeableConcept().setText(name));
        request.addDosageInstruction().setText(dosage);
        request.setStatus(MedicationRequest.MedicationRequestStatus.fromCode(status));
        return request;
    }

    private void add(String type, Resource resource) {
        resource.setId(type + "/" + (entries.size() + 1));
        resource.getMeta().setVersionId("1");
        entries.add(resource);
    }

    @Override
    public void close() {
        folder.close();
        index.close();
    }
}
