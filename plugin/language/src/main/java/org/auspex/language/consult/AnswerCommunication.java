package org.auspex.language.consult;

import java.time.Instant;
import java.util.Date;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.findings.Identity;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;
import org.hl7.fhir.r4.model.Communication.CommunicationPriority;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * An answer as FHIR: a Communication from the Device to the patient, in preparation until somebody sends it. Its payload is the question and the sentences of
 * the answer, each with extensions that name its part and its sources.
 */
public final class AnswerCommunication {

    /** On a payload, once for each span of a note that it rests on; the same that summaries bear. */
    public static final String SOURCE_SPAN = Systems.AUSPEX + "/StructureDefinition/source-span";

    /** On a payload, once for each element of the record that it rests on. */
    public static final String SOURCE_ELEMENT = Systems.AUSPEX + "/StructureDefinition/source-element";

    /** On a payload, once for each span of a knowledge document that it rests on. */
    public static final String KNOWLEDGE_SPAN = Systems.AUSPEX + "/StructureDefinition/knowledge-span";

    /** On a payload: {@code question}, {@code advice}, {@code record}, {@code knowledge} or {@code notice}. */
    public static final String PART = Systems.AUSPEX + "/StructureDefinition/consultation-part";

    private final Reference device;
    private final Identity identity;
    private final Instant now;

    AnswerCommunication(Reference device, Identity identity, Instant now) {
        this.device = device;
        this.identity = identity;
        this.now = now;
    }

    Communication of(Answer answer, String patient) {
        var communication = new Communication();
        communication.setMeta(Findings.meta());
        communication.setLanguage(answer.question().tongue().code());
        communication.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        communication.setStatus(CommunicationStatus.PREPARATION);
        communication.setPriority(answer.urgency().map(Urgency::priority).orElse(CommunicationPriority.ROUTINE));
        communication.addCategory(category(answer.isDeclined() ? "declined" : "answered"));
        answer.urgency()
                .ifPresent(urgency -> communication
                        .addCategory(category("escalated"))
                        .addReasonCode(new CodeableConcept()
                                .setText("Urgent by rule: " + String.join(", ", urgency.rules()))));
        communication.setTopic(new CodeableConcept().setText("Question of the patient"));
        communication.setSubject(new Reference(patient));
        communication.addRecipient(new Reference(patient));
        communication.setSender(device.copy());
        communication.setReceived(Date.from(now));
        payload(communication, "question", answer.question().text());
        answer.advice().ifPresent(advice -> payload(communication, "advice", advice));
        answer.fromRecord().forEach(cited -> payload(communication, "record", cited));
        answer.fromKnowledge().forEach(cited -> payload(communication, "knowledge", cited));
        answer.notices().forEach(notice -> payload(communication, "notice", notice));
        return communication;
    }

    private static CodeableConcept category(String code) {
        var category = new CodeableConcept();
        category.addCoding().setSystem(Systems.CONSULTATION).setCode(code);
        return category;
    }

    private static CommunicationPayloadComponent payload(Communication communication, String part, String words) {
        var payload = communication.addPayload().setContent(new StringType(words));
        payload.addExtension(PART, new CodeType(part));
        return payload;
    }

    private static void payload(Communication communication, String part, Cited cited) {
        var payload = payload(communication, part, cited.text());
        cited.sources().forEach(source -> payload.addExtension(extension(source)));
    }

    private static Extension extension(Source source) {
        if (source instanceof Source.Element element) {
            var extension = new Extension(SOURCE_ELEMENT);
            extension.addExtension("resource", new Reference(element.reference()));
            extension.addExtension("element", new StringType(element.element()));
            return extension;
        }
        if (source instanceof Source.Note note) {
            var extension = new Extension(SOURCE_SPAN);
            extension.addExtension("document", new Reference(note.reference()));
            extension.addExtension("attachment", new IntegerType(note.attachment()));
            extension.addExtension("start", new IntegerType(note.span().start()));
            extension.addExtension("end", new IntegerType(note.span().end()));
            extension.addExtension("sha256", new StringType(note.sha256()));
            return extension;
        }
        var knowledge = (Source.Knowledge) source;
        var extension = new Extension(KNOWLEDGE_SPAN);
        extension.addExtension("document", new StringType(knowledge.document()));
        extension.addExtension("title", new StringType(knowledge.title()));
        if (!knowledge.section().isEmpty()) {
            extension.addExtension("section", new StringType(knowledge.section()));
        }
        extension.addExtension("start", new IntegerType(knowledge.span().start()));
        extension.addExtension("end", new IntegerType(knowledge.span().end()));
        extension.addExtension("sha256", new StringType(knowledge.sha256()));
        return extension;
    }
}
