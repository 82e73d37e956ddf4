package org.auspex.language.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Limits;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;

/** Reads one knowledge document, as documents of the record are read; what it is follows from the end of its name. */
final class KnowledgeFile {

    private static final Map<String, String> TYPES = Map.of(
            "txt", "text/plain",
            "md", "text/plain",
            "html", "text/html",
            "htm", "text/html",
            "pdf", "application/pdf",
            "rtf", "application/rtf");

    private final Documents documents = new Documents(Limits.USUAL, AttachmentBytes.INLINE_ONLY);

    /** @throws DocumentRefused if it cannot be read, or is of none of these types */
    DocumentText read(String name, Path file) throws IOException {
        var type = TYPES.get(ending(name));
        if (type == null) {
            throw new DocumentRefused(
                    DocumentRefused.Reason.FORMAT,
                    "Files ending in '%s' are not read. Use one of %s"
                            .formatted(
                                    ending(name),
                                    TYPES.keySet().stream().sorted().toList()));
        }
        if (Files.size(file) > Limits.USUAL.bytes()) {
            throw new DocumentRefused(
                    DocumentRefused.Reason.TOO_LARGE,
                    "The file has %d bytes; at most %d are read. Split it"
                            .formatted(Files.size(file), Limits.USUAL.bytes()));
        }
        var document = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        document.setId("DocumentReference/knowledge");
        document.addContent()
                .setAttachment(new Attachment().setContentType(type).setData(Files.readAllBytes(file)));
        return documents.read(document);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
