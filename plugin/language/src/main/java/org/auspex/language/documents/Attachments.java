package org.auspex.language.documents;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.hl7.fhir.r4.model.Attachment;

/** The bytes of an attachment, inline or from elsewhere, checked against the size and the hash that it states. */
final class Attachments {

    private final Limits limits;
    private final AttachmentBytes elsewhere;

    Attachments(Limits limits, AttachmentBytes elsewhere) {
        this.limits = limits;
        this.elsewhere = elsewhere;
    }

    byte[] bytes(Attachment attachment) {
        var bytes = attachment.hasData() ? attachment.getData() : fetched(attachment);
        if (bytes.length == 0) {
            throw new DocumentRefused(Reason.EMPTY, "The attachment has 0 bytes. Send the note itself");
        }
        limits.checkBytes(bytes.length);
        checkSize(attachment, bytes);
        checkHash(attachment, bytes);
        return bytes;
    }

    /** Plain text is cited most exactly; what declares nothing, or nothing that is known, is tried last. */
    static int rank(Attachment attachment) {
        var declared = ContentType.of(attachment.getContentType()).name();
        for (var format : Format.values()) {
            if (format.isCalled(declared)) {
                return format.ordinal();
            }
        }
        return Format.values().length;
    }

    private byte[] fetched(Attachment attachment) {
        if (!attachment.hasUrl()) {
            throw new DocumentRefused(Reason.EMPTY, "The attachment has neither data nor url. Send the note itself");
        }
        return elsewhere.at(attachment.getUrl(), limits.bytes());
    }

    private static void checkSize(Attachment attachment, byte[] bytes) {
        if (attachment.hasSize() && attachment.getSize() != bytes.length) {
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The attachment states a size of %d bytes and has %d. Send it again from its source"
                            .formatted(attachment.getSize(), bytes.length));
        }
    }

    /** FHIR R4 names SHA-1 for this hash; it shows damage, and is no proof against forgery. */
    private static void checkHash(Attachment attachment, byte[] bytes) {
        try {
            if (attachment.hasHash()
                    && !MessageDigest.isEqual(
                            attachment.getHash(),
                            MessageDigest.getInstance("SHA-1").digest(bytes))) {
                throw new DocumentRefused(
                        Reason.DAMAGED,
                        "The bytes of the attachment do not have the hash that it states. Send it again from its source");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
