package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.jsoup.parser.Parser;

/**
 * A stored summary beside the stored note.
 *
 * @param elsewhere the text of a note whose attachment is not inline
 */
record TracedSummary(RunningServer server, String elsewhere) {

    static final String SOURCE_SPAN = "https://auspex-fhir.org/fhir/StructureDefinition/source-span";

    private static final Pattern PARAGRAPH = Pattern.compile("<p title=\"\\d+-\\d+\">(.*?)</p>", Pattern.DOTALL);

    /** Asserts that every sentence stands in the stored version of the note where its extension says; how many there are. */
    int traced(Composition composition) {
        return composition.getSection().stream().mapToInt(this::traced).sum();
    }

    private int traced(SectionComponent section) {
        var within = section.getSection().stream().mapToInt(this::traced).sum();
        var sources = section.getExtensionsByUrl(SOURCE_SPAN);
        var sentences = section.hasText() ? sentences(section) : List.<String>of();
        assertThat(sources).hasSameSizeAs(sentences);
        for (int i = 0; i < sources.size(); i++) {
            assertThat(sentences.get(i)).isEqualTo(quoted(sources.get(i)));
        }
        return within + sentences.size();
    }

    private static List<String> sentences(SectionComponent section) {
        return PARAGRAPH
                .matcher(section.getText().getDivAsString())
                .results()
                .map(result -> Parser.unescapeEntities(result.group(1), false))
                .toList();
    }

    /** The words of the stored version that an extension names. */
    String quoted(Extension source) {
        var version = ((Reference) source.getExtensionByUrl("document").getValue()).getReference();
        assertThat(version).contains("/_history/");
        var document = server.client()
                .read()
                .resource(DocumentReference.class)
                .withUrl(version)
                .execute();
        var attachment = document.getContent().get(number(source, "attachment")).getAttachment();
        var bytes = attachment.hasData() ? attachment.getData() : elsewhere.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8).substring(number(source, "start"), number(source, "end"));
    }

    private static int number(Extension source, String part) {
        return Objects.requireNonNull(
                ((IntegerType) source.getExtensionByUrl(part).getValue()).getValue());
    }
}
