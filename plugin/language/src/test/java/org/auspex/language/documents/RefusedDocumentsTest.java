package org.auspex.language.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.auspex.language.documents.DocumentsTest.attachment;
import static org.auspex.language.documents.DocumentsTest.cda;
import static org.auspex.language.documents.DocumentsTest.note;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RefusedDocumentsTest {

    private static final String CHINESE = "主诉：反复胸痛三天，加重一小时。既往有高血压病史十年。";

    private final Documents documents = new Documents(Limits.USUAL, AttachmentBytes.INLINE_ONLY);

    @Test
    void refusesWhatIsEmpty() {
        refuses(Reason.EMPTY, note("text/plain", " \n\t ".getBytes(StandardCharsets.UTF_8)), "no words");
        refuses(Reason.EMPTY, note("text/html", "<p> </p>".getBytes(StandardCharsets.UTF_8)), "no words");
        refuses(Reason.EMPTY, new DocumentReference(), "no attachment");
    }

    @Test
    void refusesWhatIsBinary() {
        refuses(
                Reason.BINARY,
                note("text/plain", "Chest pain\0\0\1".getBytes(StandardCharsets.UTF_8)),
                "control character U+0000");
        refuses(Reason.FORMAT, note("image/png", new byte[] {1, 2, 3}), "'image/png' are not read");
    }

    @Test
    void refusesBytesOfAnotherCharsetThanTheDeclared() {
        var utf8 = CHINESE.getBytes(StandardCharsets.UTF_8);
        var gb18030 = CHINESE.getBytes(Charset.forName("GB18030"));

        refuses(Reason.CHARSET, note("text/plain; charset=UTF-8", gb18030), "declared as UTF-8, but its bytes are not");
        refuses(Reason.CHARSET, note("text/plain; charset=ISO-8859-1", utf8), "its bytes are UTF-8");
        refuses(Reason.CHARSET, note("text/plain; charset=klingon", utf8), "no charset 'klingon'");
        refuses(
                Reason.CHARSET,
                note("text/plain", "37.5 °C, café".getBytes(Charset.forName("windows-1252"))),
                "declares no charset");
        refuses(Reason.CHARSET, note("text/plain", "\uFFFD\uFFFD pain".getBytes(StandardCharsets.UTF_8)), "were lost");
    }

    @Test
    void refusesADeclarationThatTheBytesDoNotBear() throws IOException {
        var pdf = Pdfs.english(List.of(List.of("words")));

        refuses(Reason.FORMAT, note("text/plain", pdf), "declared as text/plain, but it is application/pdf");
        refuses(
                Reason.FORMAT,
                note("application/pdf", "words".getBytes(StandardCharsets.UTF_8)),
                "does not begin as one");
    }

    @Test
    void refusesPdfsWithoutTextOrWithAPassword() throws IOException {
        refuses(
                Reason.WITHOUT_TEXT,
                note("application/pdf", Pdfs.english(List.of(List.of(), List.of()))),
                "it is scanned");
        refuses(Reason.ENCRYPTED, note("application/pdf", Pdfs.encrypted("words")), "without a password");
    }

    @Test
    void refusesAPdfThatUnpacksToTooMuch() throws IOException {
        refuses(Reason.TOO_LARGE, note("application/pdf", Pdfs.bomb(300 << 20)), "unpacks to more than");
    }

    @Test
    void refusesAPdfWithTooManyPages() throws IOException {
        var few = new Documents(new Limits(1 << 20, 1000, 2, 10, 1 << 20), AttachmentBytes.INLINE_ONLY);
        var pages = Pdfs.english(List.of(List.of("a"), List.of("b"), List.of("c")));

        var refused = catchThrowableOfType(DocumentRefused.class, () -> few.read(note("application/pdf", pages)));

        assertThat(refused).hasMessage("The PDF has 3 pages; at most 2 are read. Split it");
    }

    @Test
    void refusesBombsOfMarkupInTime() {
        for (var element : List.of("div", "font", "ul", "span")) {
            var bomb = "<%s>".formatted(element).repeat(100_000) + "pain";
            refuses(Reason.TOO_DEEP, note("text/html", bomb.getBytes(StandardCharsets.UTF_8)), "nested more than 200");
        }
        for (var element : List.of("a", "b", "table", "p", "select", "svg")) {
            readsOrRefuses("<html><body>%s"
                    .formatted("<%s>".formatted(element).repeat(100_000) + "pain")
                    .getBytes(StandardCharsets.UTF_8));
        }
        var groups = "{\\rtf1 " + "{".repeat(100_000) + "pain" + "}".repeat(100_001);
        refuses(
                Reason.TOO_DEEP,
                note("application/rtf", groups.getBytes(StandardCharsets.US_ASCII)),
                "nested more than");
        refuses(Reason.TOO_DEEP, note("text/xml", cda("<a>".repeat(1000) + "</a>".repeat(1000))), "nested more than");
    }

    @Test
    void refusesEntitiesAndForeignXml() {
        var entities = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">&b;</ClinicalDocument>";
        var outside = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">&a;</ClinicalDocument>";

        refuses(Reason.FORMAT, note("text/xml", entities.getBytes(StandardCharsets.UTF_8)), "document type");
        refuses(Reason.FORMAT, note("text/xml", outside.getBytes(StandardCharsets.UTF_8)), "document type");
        refuses(
                Reason.FORMAT,
                note("text/xml", "<?xml version=\"1.0\"?><x/>".getBytes(StandardCharsets.UTF_8)),
                "no other XML");
        refuses(
                Reason.DAMAGED,
                note("text/xml", "<?xml version=\"1.0\"?><x".getBytes(StandardCharsets.UTF_8)),
                "breaks at line 1");
    }

    @Test
    void readsANoteOfTwoMillionCharactersAndRefusesALongerOne() {
        var sentence = "患者否认胸痛、心悸及晕厥。";
        var long1 = sentence.repeat((2 << 20) / sentence.length());

        assertThat(documents
                        .read(note("text/plain", long1.getBytes(StandardCharsets.UTF_8)))
                        .text())
                .hasSize(long1.length());
        refuses(
                Reason.TOO_LARGE,
                note("text/plain", (long1 + sentence).getBytes(StandardCharsets.UTF_8)),
                "longer than 2097152 characters");
        refuses(Reason.TOO_LARGE, note("text/plain", new byte[(16 << 20) + 1]), "at most 16777216 are read");
    }

    @Test
    void refusesWhatIsWithdrawnDamagedOrElsewhere() {
        var withdrawn = note("text/plain", "words".getBytes(StandardCharsets.UTF_8));
        withdrawn.setStatus(DocumentReferenceStatus.ENTEREDINERROR);
        var damaged = new DocumentReference();
        damaged.addContent()
                .setAttachment(attachment("text/plain", "words".getBytes(StandardCharsets.UTF_8))
                        .setHash(new byte[20]));
        var elsewhere = new DocumentReference();
        elsewhere
                .addContent()
                .setAttachment(attachment("text/plain", new byte[0]).setUrl("http://elsewhere.example/1"));

        refuses(Reason.WITHDRAWN, withdrawn, "entered in error");
        refuses(Reason.DAMAGED, damaged, "do not have the hash");
        refuses(Reason.OUT_OF_REACH, elsewhere, "is not fetched");
    }

    @Test
    void refusesDamagedFilesByNameAndInTime() throws IOException {
        var pdf = Pdfs.english(List.of(List.of("Chief complaint: chest pain.")));
        var rtf =
                "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 A;}}\\u20027?words\\par}".getBytes(StandardCharsets.US_ASCII);
        var random = new Random(8);

        for (int trial = 0; trial < 300; trial++) {
            for (var whole : List.of(pdf, rtf)) {
                var damaged = whole.clone();
                for (int hit = 0; hit < 5; hit++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                readsOrRefuses(damaged);
            }
        }
    }

    private void readsOrRefuses(byte[] bytes) {
        var began = System.nanoTime();
        try {
            assertThat(documents.read(note("", bytes)).text()).isNotBlank();
        } catch (DocumentRefused e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private void refuses(Reason reason, DocumentReference document, String words) {
        var refused = catchThrowableOfType(DocumentRefused.class, () -> documents.read(document));

        assertThat(refused).as(words).isNotNull().hasMessageContaining(words);
        assertThat(refused.reason()).isEqualTo(reason);
    }
}
