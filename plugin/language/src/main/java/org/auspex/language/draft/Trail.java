package org.auspex.language.draft;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.auspex.kernel.model.Sha256;
import org.auspex.language.chat.Prompt;
import org.auspex.language.chat.Reply;
import org.auspex.language.prose.Judged;
import org.auspex.language.prose.Telling;
import org.auspex.language.prose.Writing;
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
 * What the Provenance of a told summary keeps: the language model as the endpoint calls it, its instructions as AIInputPrompt of HL7's AI
 * Transparency on FHIR, each answer, and what became of each claim. What the model was asked about are the words of the note, which
 * the Provenance names already; of them a hash is kept.
 */
final class Trail {

    /** On the Provenance, once for each claim of the language model. */
    static final String CLAIM_VERDICT = Systems.AUSPEX + "/StructureDefinition/claim-verdict";

    /** On an entity that is a prompt: one answer to it. */
    static final String MODEL_ANSWER = Systems.AUSPEX + "/StructureDefinition/model-answer";

    private final Provenance provenance;
    private final Map<String, String> voices = new LinkedHashMap<>();
    private final Map<String, String> prompts = new LinkedHashMap<>();

    private Trail(Provenance provenance) {
        this.provenance = provenance;
    }

    /** The same Provenance, with the trail of a telling. */
    static Provenance onto(Provenance provenance, Telling telling) {
        var trail = new Trail(provenance);
        telling.writings().forEach(trail::add);
        return provenance;
    }

    private void add(Writing writing) {
        writing.replies().forEach(reply -> add(writing.part().title(), reply));
        writing.judged()
                .forEach(
                        judged -> provenance.addExtension(verdict(writing.part().title(), judged)));
    }

    private void add(String section, Reply reply) {
        voices.computeIfAbsent(
                reply.requested() + " " + reply.served() + " " + reply.fingerprint(), key -> voice(reply));
        var prompt = prompts.computeIfAbsent(
                reply.prompt().name() + "|" + reply.prompt().version(), id -> prompt(id, reply.prompt()));
        var entity = provenance.addEntity();
        entity.setRole(Provenance.ProvenanceEntityRole.QUOTATION);
        entity.setWhat(new Reference("#" + prompt).setDisplay(reply.prompt().name()));
        entity.addExtension(answer(section, reply));
    }

    /** The language model as an AI-Device, and as an agent of the Provenance. */
    private String voice(Reply reply) {
        var device = new Device();
        var id = "language-model-" + (voices.size() + 1);
        device.setId(id);
        device.addDeviceName().setName(reply.requested()).setType(Device.DeviceNameType.USERFRIENDLYNAME);
        device.setModelNumber(reply.served());
        reply.fingerprint().ifPresent(fingerprint -> device.addVersion().setValue(fingerprint));
        var intelligence = new Coding(Systems.AI_DEVICE_TYPE, Systems.ARTIFICIAL_INTELLIGENCE, null);
        device.setType(new CodeableConcept(intelligence).setText("Language model behind an endpoint"));
        provenance.addContained(device);
        var agent = provenance.addAgent();
        agent.addRole().addCoding(intelligence.copy());
        agent.setWho(new Reference("#" + id).setDisplay(reply.served()));
        return id;
    }

    private String prompt(String name, Prompt prompt) {
        var document = new DocumentReference();
        var id = "prompt-" + (prompts.size() + 1);
        document.setId(id);
        document.addIdentifier().setSystem(Systems.PROMPT).setValue(name);
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(
                new CodeableConcept(new Coding(Systems.AI_INPUTS, Systems.AI_INPUT_PROMPT, "AI Input Prompt")));
        document.setDescription("Instructions to the language model; the words of the note stood apart from them");
        document.addContent()
                .getAttachment()
                .setContentType("text/markdown; charset=utf-8")
                .setTitle(name)
                .setData(prompt.instructions().getBytes(StandardCharsets.UTF_8));
        provenance.addContained(document);
        return id;
    }

    private static Extension answer(String section, Reply reply) {
        var answer = new Extension(MODEL_ANSWER);
        answer.addExtension("section", new StringType(section));
        answer.addExtension("model", new StringType(reply.served()));
        reply.fingerprint().ifPresent(print -> answer.addExtension("fingerprint", new StringType(print)));
        answer.addExtension(
                "inputSha256", new StringType(Sha256.of(reply.prompt().input())));
        reply.usage().ifPresent(usage -> {
            answer.addExtension("inputTokens", new IntegerType(usage.input()));
            answer.addExtension("outputTokens", new IntegerType(usage.output()));
        });
        answer.addExtension("milliseconds", new IntegerType((int) reply.took().toMillis()));
        return answer;
    }

    private static Extension verdict(String section, Judged judged) {
        var extension = new Extension(CLAIM_VERDICT);
        extension.addExtension("section", new StringType(section));
        extension.addExtension("claim", new StringType(judged.claim()));
        judged.cited()
                .forEach(quotation -> extension.addExtension(
                        "cited",
                        new StringType(quotation.source().start() + "-"
                                + quotation.source().end())));
        extension.addExtension("round", new IntegerType(judged.round()));
        extension.addExtension(
                "verdict", new CodeType(judged.verdict().outcome().code()));
        judged.verdict().rules().forEach(rule -> extension.addExtension("rule", new CodeType(rule)));
        judged.verdict().objections().forEach(why -> extension.addExtension("objection", new StringType(why)));
        return extension;
    }
}
