package org.auspex.kernel.findings;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.auspex.kernel.outcome.Inquiry;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * What the Provenance of a result keeps of the language model that was asked for it: the model as the endpoint calls it, its instructions as AIInputPrompt of
 * HL7's AI Transparency on FHIR, each answer, and what became of each claim. What it was asked about are words of the record, which the Provenance names
 * already; of them a hash is kept.
 */
public final class InquiryTrail {

    /** On the Provenance, once for each claim of the language model. */
    static final String CLAIM_VERDICT = Systems.AUSPEX + "/StructureDefinition/claim-verdict";

    /** On an entity that is a prompt: one answer to it. */
    static final String MODEL_ANSWER = Systems.AUSPEX + "/StructureDefinition/model-answer";

    private final Provenance provenance;
    private final Map<String, String> voices = new LinkedHashMap<>();
    private final Map<String, String> prompts = new LinkedHashMap<>();

    /** @param provenance gets it */
    public InquiryTrail(Provenance provenance) {
        this.provenance = provenance;
    }

    /** @param section of the result that it was asked for */
    public void add(String section, Inquiry inquiry) {
        voices.computeIfAbsent(
                inquiry.requested() + " " + inquiry.served() + " " + inquiry.fingerprint(), key -> voice(inquiry));
        var instructions = inquiry.instructions();
        var prompt = prompts.computeIfAbsent(
                instructions.name() + "|" + instructions.version(), id -> prompt(id, instructions));
        var entity = provenance.addEntity();
        entity.setRole(Provenance.ProvenanceEntityRole.QUOTATION);
        entity.setWhat(new Reference("#" + prompt).setDisplay(instructions.name()));
        entity.addExtension(answer(section, inquiry));
    }

    /** @param section of the result that it is in, or would have been */
    public void add(String section, Inquiry.Claim claim) {
        var extension = new Extension(CLAIM_VERDICT);
        extension.addExtension("section", new StringType(section));
        extension.addExtension("claim", new StringType(claim.words()));
        claim.cited().forEach(place -> extension.addExtension("cited", new StringType(place)));
        extension.addExtension("round", new IntegerType(claim.round()));
        extension.addExtension("verdict", new CodeType(claim.verdict()));
        claim.rules().forEach(rule -> extension.addExtension("rule", new CodeType(rule)));
        claim.objections().forEach(why -> extension.addExtension("objection", new StringType(why)));
        provenance.addExtension(extension);
    }

    /** The language model as an AI-Device, and as an agent of the Provenance. */
    private String voice(Inquiry inquiry) {
        var device = new Device();
        var id = "language-model-" + (voices.size() + 1);
        device.setId(id);
        device.addDeviceName().setName(inquiry.requested()).setType(Device.DeviceNameType.USERFRIENDLYNAME);
        device.setModelNumber(inquiry.served());
        inquiry.fingerprint().ifPresent(fingerprint -> device.addVersion().setValue(fingerprint));
        var intelligence = new Coding(Systems.AI_DEVICE_TYPE, Systems.ARTIFICIAL_INTELLIGENCE, null);
        device.setType(new CodeableConcept(intelligence).setText("Language model behind an endpoint"));
        provenance.addContained(device);
        var agent = provenance.addAgent();
        agent.addRole().addCoding(intelligence.copy());
        agent.setWho(new Reference("#" + id).setDisplay(inquiry.served()));
        return id;
    }

    private String prompt(String name, Inquiry.Instructions instructions) {
        var document = new DocumentReference();
        var id = "prompt-" + (prompts.size() + 1);
        document.setId(id);
        document.addIdentifier().setSystem(Systems.PROMPT).setValue(name);
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(
                new CodeableConcept(new Coding(Systems.AI_INPUTS, Systems.AI_INPUT_PROMPT, "AI Input Prompt")));
        document.setDescription("Instructions to the language model; the words of the record stood apart from them");
        document.addContent()
                .getAttachment()
                .setContentType("text/markdown; charset=utf-8")
                .setTitle(name)
                .setData(instructions.text().getBytes(StandardCharsets.UTF_8));
        provenance.addContained(document);
        return id;
    }

    private static Extension answer(String section, Inquiry inquiry) {
        var answer = new Extension(MODEL_ANSWER);
        answer.addExtension("section", new StringType(section));
        answer.addExtension("model", new StringType(inquiry.served()));
        inquiry.fingerprint().ifPresent(print -> answer.addExtension("fingerprint", new StringType(print)));
        answer.addExtension("inputSha256", new StringType(inquiry.inputSha256()));
        inquiry.tokens().ifPresent(tokens -> {
            answer.addExtension("inputTokens", new IntegerType(tokens.input()));
            answer.addExtension("outputTokens", new IntegerType(tokens.output()));
        });
        answer.addExtension("milliseconds", new IntegerType((int) inquiry.took().toMillis()));
        return answer;
    }
}
