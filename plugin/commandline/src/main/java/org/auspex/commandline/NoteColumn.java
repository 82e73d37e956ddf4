package org.auspex.commandline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * A column of plain texts, each read as a server reads the document of a patient.
 *
 * @param column its name
 */
record NoteColumn(String column, EvidenceReader reader, Requirements requirements) {

    private static final Instant WRITTEN = Instant.EPOCH;
    private static final Subject SUBJECT = new Subject("DocumentReference/row", "Patient/row");

    /** Whether an input is read from documents. */
    static boolean reads(Input input) {
        return input.sources().stream().map(Source::fact).anyMatch(fact -> fact.isPresent());
    }

    /** What one text says of every input; only those that are read from documents are meant. */
    Features of(String text) {
        // Whatever kind of document the card asks for, the column is of that kind.
        var record = new BundleRecord(bundle(text), (resource, query) -> true);
        return reader.from(record)
                .read(List.of(SUBJECT), requirements, WRITTEN)
                .get(0)
                .features();
    }

    private static Bundle bundle(String text) {
        var patient = new Patient();
        patient.setId("row");
        var document = new DocumentReference();
        document.setId("row");
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference("Patient/row"));
        document.setDate(Date.from(WRITTEN));
        document.addContent()
                .getAttachment()
                .setContentType("text/plain; charset=utf-8")
                .setData(text.getBytes(StandardCharsets.UTF_8));
        var bundle = new Bundle();
        bundle.addEntry().setResource(patient);
        bundle.addEntry().setResource(document);
        return bundle;
    }
}
