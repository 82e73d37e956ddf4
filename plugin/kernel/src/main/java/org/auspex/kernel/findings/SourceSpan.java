package org.auspex.kernel.findings;

import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Where in a document something stands, as the extension that summaries have too. */
final class SourceSpan {

    private static final String URL = Systems.AUSPEX + "/StructureDefinition/source-span";

    private SourceSpan() {}

    static Extension of(ReadNote note, NotedFact.Words words) {
        var extension = new Extension(URL);
        extension.addExtension("document", new Reference(note.reference()));
        extension.addExtension("attachment", new IntegerType(note.attachment()));
        extension.addExtension("start", new IntegerType(words.start()));
        extension.addExtension("end", new IntegerType(words.end()));
        extension.addExtension("sha256", new StringType(note.sha256()));
        return extension;
    }
}
