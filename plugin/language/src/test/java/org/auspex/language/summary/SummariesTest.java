package org.auspex.language.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.DocumentVersion;
import org.auspex.language.documents.Format;
import org.auspex.language.draft.SummaryComposition;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.prose.Telling;
import org.auspex.language.text.Span;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class SummariesTest {

    private static final Path NOTES = Path.of("../../testdata/notes");
    private static final List<String> ADMISSIONS =
            List.of("admission-1-chest-pain", "admission-2-pneumonia", "admission-3-stroke");

    private static final Pattern PARAGRAPH = Pattern.compile("<p title=\"\\d+-\\d+\">(.*?)</p>", Pattern.DOTALL);

    private final Summaries summaries = new Summaries(new Facts(List.of(new StarterVocabulary())));

    @Test
    void quotesEverySentenceFromWhereItSaysItStands() throws IOException {
        for (var admission : ADMISSIONS) {
            var document = document(admission);
            for (var style : Style.values()) {
                assertThat(summaries.of(document, style, Tongue.ZH_HANS).quotations())
                        .isNotEmpty()
                        .allSatisfy(quotation ->
                                assertThat(document.quote(quotation.source())).isEqualTo(quotation.text()));
            }
        }
    }

    @Test
    void fillsEverySectionOfTheFirstCourseRecord() throws IOException {
        for (var admission : ADMISSIONS) {
            var summary = summaries.of(document(admission), Style.FIRST_COURSE_RECORD, Tongue.ZH_HANS);

            assertThat(summary.title()).isEqualTo("首次病程记录");
            assertThat(summary.parts()).extracting(Part::title).containsExactly("病例特点", "拟诊讨论", "诊疗计划");
            assertThat(summary.parts().get(1).parts()).extracting(Part::title).containsExactly("初步诊断", "诊断依据", "鉴别诊断");
            assertThat(summary.parts().stream().flatMap(part -> part.parts().stream()))
                    .allSatisfy(part ->
                            assertThat(part.quotations()).as(part.title()).isNotEmpty());
        }
    }

    @Test
    void givesThePositiveFindingsAsGroundsAndLeavesOutTheNormal() throws IOException {
        var summary = summaries.of(document("admission-1-chest-pain"), Style.FIRST_COURSE_RECORD, Tongue.ZH_HANS);

        var grounds = summary.parts().get(1).parts().get(1).quotations();

        assertThat(grounds)
                .extracting(Quotation::text)
                .anySatisfy(text -> assertThat(text).contains("ST段弓背向上抬高0.3"));
        assertThat(grounds)
                .extracting(Quotation::text)
                .noneSatisfy(text -> assertThat(text).contains("移动性浊音阴性"));
    }

    @Test
    void leavesEmptyWhatTheNoteDoesNotSay() {
        var note = new DocumentText(
                new DocumentVersion("DocumentReference/1/_history/1", 0),
                Format.PLAIN,
                "CHIEF COMPLAINT\nChest pain for two days.\nPLAN\nECG today.",
                List.of(),
                List.of());

        var summary = summaries.of(note, Style.BRIEF, Tongue.EN);
        var composition = composition(summary, note);

        assertThat(summary.quotations())
                .extracting(Quotation::text)
                .containsExactly("Chest pain for two days.", "ECG today.");
        assertThat(composition
                        .getSection()
                        .get(1)
                        .getEmptyReason()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("unavailable");
        assertThat(composition.getSection().get(1).hasText()).isFalse();
    }

    @Test
    void linksEverySentenceOfTheCompositionToItsSource() throws IOException {
        for (var admission : ADMISSIONS) {
            var document = document(admission);
            var composition = composition(summaries.of(document, Style.FIRST_COURSE_RECORD, Tongue.ZH_HANS), document);

            assertThat(composition.getStatus()).isEqualTo(Composition.CompositionStatus.PRELIMINARY);
            assertThat(composition.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
            composition.getSection().forEach(section -> assertIsLinked(section, document));
        }
    }

    private static void assertIsLinked(SectionComponent section, DocumentText document) {
        section.getSection().forEach(inner -> assertIsLinked(inner, document));
        if (section.hasText()) {
            var paragraphs = PARAGRAPH
                    .matcher(section.getText().getDivAsString())
                    .results()
                    .map(result -> result.group(1)
                            .replace("&quot;", "\"")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&"))
                    .toList();
            var sources = section.getExtensionsByUrl(SummaryComposition.SOURCE_SPAN);
            assertThat(sources).hasSameSizeAs(paragraphs);
            for (int i = 0; i < sources.size(); i++) {
                var span = new Span(
                        number(sources.get(i).getExtensionByUrl("start").getValue()),
                        number(sources.get(i).getExtensionByUrl("end").getValue()));
                assertThat(paragraphs.get(i)).isEqualTo(document.quote(span));
            }
        }
    }

    private static int number(org.hl7.fhir.r4.model.Type value) {
        return Objects.requireNonNull(((IntegerType) value).getValue());
    }

    private static Composition composition(Summary summary, DocumentText document) {
        return new SummaryComposition(new Reference("Patient/1"), new Reference("Device/1"))
                .of(Telling.quoting(summary), document, Date.from(Instant.parse("2024-03-12T04:00:00Z")));
    }

    private static DocumentText document(String admission) throws IOException {
        return new DocumentText(
                new DocumentVersion("DocumentReference/%s/_history/1".formatted(admission), 0),
                Format.PLAIN,
                Files.readString(NOTES.resolve(admission + ".txt")),
                List.of(),
                List.of());
    }
}
