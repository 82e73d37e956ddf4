package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jsoup.Jsoup;

/**
 * A summary that a language model was to tell, as it is read back from the server.
 *
 * @param issues what the answer said a reader has to know
 */
record ToldSummary(Composition composition, String page, Provenance provenance, List<String> issues) {

    private static final String BASE = "https://auspex-fhir.org/fhir/StructureDefinition/";

    static ToldSummary of(RunningServer server, Bundle answer) {
        var page = read(server, DocumentReference.class, answer);
        return new ToldSummary(
                read(server, Composition.class, answer),
                new String(page.getContentFirstRep().getAttachment().getData(), StandardCharsets.UTF_8),
                read(server, Provenance.class, answer),
                all(OperationOutcome.class, answer)
                        .flatMap(outcome -> outcome.getIssue().stream())
                        .map(OperationOutcome.OperationOutcomeIssueComponent::getDiagnostics)
                        .toList());
    }

    private static <T extends Resource> T read(RunningServer server, Class<T> type, Bundle answer) {
        var id = all(type, answer).findFirst().orElseThrow().getIdElement().getIdPart();
        return server.client().read().resource(type).withId(id).execute();
    }

    private static <T extends Resource> Stream<T> all(Class<T> type, Bundle answer) {
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** The sentences of all sections; asserts that each has sources, and that each of these has words of the note. */
    List<String> sentences(String note) {
        var sentences = new ArrayList<String>();
        for (var section : composition.getSection()) {
            if (section.hasText()) {
                var told = Jsoup.parse(section.getText().getDivAsString())
                        .select("p[title]")
                        .eachText();
                var sources = section.getExtensionsByUrl(TracedSummary.SOURCE_SPAN);
                for (int i = 0; i < told.size(); i++) {
                    var number = String.valueOf(i);
                    assertThat(sources)
                            .as(told.get(i))
                            .filteredOn(source -> value(source, "sentence").equals(number))
                            .isNotEmpty()
                            .allSatisfy(
                                    source -> assertThat(words(source, note)).isNotBlank());
                }
                sentences.addAll(told);
            }
        }
        return sentences;
    }

    private static String words(Extension source, String note) {
        var document = ((Reference) source.getExtensionByUrl("document").getValue()).getReference();
        assertThat(document).contains("/_history/");
        return note.substring(Integer.parseInt(value(source, "start")), Integer.parseInt(value(source, "end")));
    }

    /** What the reader sees: the narratives of the sections, and the page. */
    String shown() {
        var narratives = composition.getSection().stream()
                .filter(SectionComponent::hasText)
                .map(section -> section.getText().getDivAsString())
                .toList();
        return String.join("\n", narratives) + composition.getText().getDivAsString() + page;
    }

    /** Form and reason of each section, such as {@code model-failed timeout}. */
    List<String> wordings() {
        return composition.getSection().stream()
                .flatMap(section -> section.getExtensionsByUrl(BASE + "wording").stream())
                .map(wording -> (value(wording, "form") + " " + value(wording, "reason")).strip())
                .toList();
    }

    /** Verdict, rules and claim of each claim. */
    List<String> verdicts() {
        return provenance.getExtensionsByUrl(BASE + "claim-verdict").stream()
                .map(verdict -> "%s %s: %s"
                        .formatted(value(verdict, "verdict"), values(verdict, "rule"), value(verdict, "claim")))
                .toList();
    }

    List<Extension> answers() {
        return provenance.getEntity().stream()
                .flatMap(entity -> entity.getExtensionsByUrl(BASE + "model-answer").stream())
                .toList();
    }

    static String value(Extension extension, String part) {
        return Optional.ofNullable(extension.getExtensionByUrl(part))
                .map(found -> Objects.requireNonNull(found.getValue().primitiveValue()))
                .orElse("");
    }

    private static List<String> values(Extension extension, String part) {
        return extension.getExtensionsByUrl(part).stream()
                .map(found -> found.getValue().primitiveValue())
                .toList();
    }
}
