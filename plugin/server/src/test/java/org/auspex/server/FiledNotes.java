package org.auspex.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Patients with notes on a server; what is stored is told by its reference. */
record FiledNotes(RunningServer server) {

    Bundle summarize(String about, String style, String language) {
        return server.client()
                .operation()
                .onInstance(about)
                .named("$summarize")
                .withParameter(Parameters.class, "style", new CodeType(style))
                .andParameter("language", new CodeType(language))
                .returnResourceType(Bundle.class)
                .execute();
    }

    String patient(String name, AdministrativeGender sex, String born) {
        var patient = new Patient();
        patient.addName().setText(name);
        patient.setGender(sex).setBirthDateElement(new DateType(born));
        return store(patient);
    }

    String encounter(String patient, Instant start) {
        var encounter = new Encounter();
        encounter.setStatus(Encounter.EncounterStatus.INPROGRESS);
        encounter
                .getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("IMP");
        encounter.setSubject(new Reference(patient));
        encounter.getPeriod().setStart(Date.from(start));
        return store(encounter);
    }

    static DocumentReference note(String patient, String encounter, Attachment attachment) {
        var document = new DocumentReference();
        document.setStatus(DocumentReferenceStatus.CURRENT);
        if (!patient.isEmpty()) {
            document.setSubject(new Reference(patient));
        }
        if (!encounter.isEmpty()) {
            document.getContext().addEncounter(new Reference(encounter));
        }
        document.addContent().setAttachment(attachment);
        return document;
    }

    static Attachment text(String note) {
        return new Attachment()
                .setContentType("text/plain; charset=utf-8")
                .setData(note.getBytes(StandardCharsets.UTF_8));
    }

    static Attachment plain(byte[] bytes) {
        return new Attachment().setContentType("text/plain").setData(bytes);
    }

    static Attachment html(String page) {
        return new Attachment()
                .setContentType("text/html; charset=utf-8")
                .setData(page.getBytes(StandardCharsets.UTF_8));
    }

    String store(Resource resource) {
        return server.client()
                .create()
                .resource(resource)
                .execute()
                .getId()
                .toUnqualifiedVersionless()
                .getValue();
    }

    /** One page without words, as a scanned one is to a reader of text. */
    static Attachment pdf(boolean encrypted) throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            if (encrypted) {
                var policy = new StandardProtectionPolicy("owner", "reader", new AccessPermission());
                policy.setEncryptionKeyLength(128);
                document.protect(policy);
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return new Attachment().setContentType("application/pdf").setData(bytes.toByteArray());
        }
    }
}
