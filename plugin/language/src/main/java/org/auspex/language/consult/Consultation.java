package org.auspex.language.consult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.Rereading;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Standing;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Author;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Identity;
import org.auspex.kernel.findings.InquiryTrail;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.findings.ResultProvenance;
import org.auspex.kernel.findings.Said;
import org.auspex.kernel.model.ModelCard.About;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** {@code consult}: an answer as a result that can be stored like any other, and that falls with what it rests on. */
public final class Consultation implements Rereading {

    /** A change of what it answers from the same sources is a new version. */
    static final ModelId MODEL = new ModelId("consult", "1.0.0");

    private static final About ABOUT = new About(
            "Answers to questions of patients",
            "Quotes the patient's record and the site's documents in answer to a question; not a diagnosis, and no order to change a medicine.",
            "Apache-2.0",
            "none: it works by rules");

    private static final String RECORD = "record";

    private Consultation() {}

    /** How what answers rest on is read again. */
    public static Rereading rereading() {
        return new Consultation();
    }

    /** Who says the answers. */
    public static Author author() {
        try (var card = Consultation.class.getResourceAsStream("consult.md")) {
            var text = new String(Objects.requireNonNull(card).readAllBytes(), StandardCharsets.UTF_8);
            return ModelDevice.author(MODEL, ABOUT, text);
        } catch (IOException e) {
            throw new UncheckedIOException("consult.md cannot be read", e);
        }
    }

    /** @param patient {@code Patient/1} */
    public static Finding of(Answer answer, String patient, Instant now) {
        var basis = answer.used().stream()
                .flatMap(resource -> piece(resource).stream())
                .toList();
        var said = Stream.of(
                        answer.advice().stream(),
                        Stream.concat(answer.fromRecord().stream(), answer.fromKnowledge().stream())
                                .map(Cited::toString),
                        answer.notices().stream())
                .flatMap(words -> words)
                .collect(Collectors.joining("\n"));
        var identity = new Identity(Sha256.of(String.join(
                "\n",
                MODEL.toString(),
                patient,
                answer.question().tongue().code(),
                answer.question().text(),
                said)));
        var device = ModelDevice.reference(MODEL, ABOUT);
        return new Finding(
                identity,
                MODEL,
                Subject.patient(patient),
                now,
                basis,
                false,
                () -> new Said(
                        new AnswerCommunication(device, identity, now).of(answer, patient), List.of(), List.of()),
                provenance(answer, basis, now));
    }

    /** Knowledge documents are no resources, so they are named. */
    private static Provenance provenance(Answer answer, List<Piece> basis, Instant now) {
        var provenance = new ResultProvenance(ModelDevice.reference(MODEL, ABOUT), ModelDevice.cardReference(MODEL))
                .of(basis.stream().map(Piece::reference).toList(), now, now);
        var trail = new InquiryTrail(provenance);
        answer.told().forEach(told -> told.trace(trail));
        answer.fromKnowledge().stream()
                .flatMap(cited -> cited.sources().stream())
                .map(Source.Knowledge.class::cast)
                .map(source -> "%s, SHA-256 of its text %s".formatted(source.document(), source.sha256()))
                .distinct()
                .forEach(named -> provenance
                        .addEntity()
                        .setRole(Provenance.ProvenanceEntityRole.QUOTATION)
                        .getWhat()
                        .setDisplay(named));
        return provenance;
    }

    @Override
    public Optional<List<Piece>> pieces(ModelId model, Resource resource) {
        return model.name().equals(MODEL.name())
                ? Optional.of(piece(resource).stream().toList())
                : Optional.empty();
    }

    /** Empty if nothing may rest on it any more. */
    private static Optional<Piece> piece(Resource resource) {
        if (!Standing.isEvidence(resource)) {
            return Optional.empty();
        }
        if (resource instanceof DocumentReference document) {
            return document.getDocStatus() == ReferredDocumentStatus.ENTEREDINERROR
                    ? Optional.empty()
                    : Optional.of(new Piece(RECORD, Versions.of(document), fingerprint(document)));
        }
        return RecordEntry.of(resource).map(entry -> new Piece(RECORD, Versions.of(resource), entry.fingerprint()));
    }

    /** What can be known of its attachments without fetching them. */
    private static String fingerprint(DocumentReference document) {
        return document.getContent().stream()
                .map(DocumentReferenceContentComponent::getAttachment)
                .map(Consultation::fingerprint)
                .collect(Collectors.joining("\n"));
    }

    private static String fingerprint(Attachment attachment) {
        var data = attachment.hasData() ? Base64.getEncoder().encodeToString(attachment.getData()) : "";
        return String.join(
                " ",
                String.valueOf(attachment.getUrl()),
                String.valueOf(attachment.getHashElement().getValueAsString()),
                Sha256.of(data));
    }
}
