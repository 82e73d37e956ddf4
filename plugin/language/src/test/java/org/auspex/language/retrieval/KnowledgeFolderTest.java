package org.auspex.language.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come, change, go, and are damaged. */
class KnowledgeFolderTest {

    private static final String INSULIN = "Storing insulin\n\nUnopened\nKeep unopened insulin in the refrigerator.\n";

    private final KnowledgeIndex index = new KnowledgeIndex(new Analysis());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void findsASentenceWhereItStands() throws IOException {
        Files.writeString(folder.resolve("insulin.txt"), INSULIN);
        var knowledge = new KnowledgeFolder(folder, 1000, index);

        knowledge.scan();

        var found = index.search("How do I store unopened insulin in the refrigerator?", false, 5)
                .get(0)
                .passage();
        assertThat(found.document()).isEqualTo("insulin.txt");
        assertThat(found.title()).isEqualTo("Storing insulin");
        assertThat(found.section()).isEqualTo("Unopened");
        assertThat(found.sentences()).singleElement().satisfies(sentence -> {
            assertThat(INSULIN.substring(sentence.start(), sentence.end()))
                    .isEqualTo("Keep unopened insulin in the refrigerator.");
            assertThat(found.quote(sentence)).isEqualTo(sentence.in(INSULIN));
        });
    }

    @Test
    void noticesWhatChangedAndWhatIsGone() throws IOException {
        var file = Files.writeString(folder.resolve("insulin.txt"), INSULIN);
        var knowledge = new KnowledgeFolder(folder, 1000, index);
        knowledge.scan();

        Files.writeString(file, "Storing vaccines\n\nKeep vaccines cold.\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        knowledge.scan();

        assertThat(index.search("insulin", false, 5)).isEmpty();
        assertThat(index.search("vaccines", false, 5)).isNotEmpty();

        Files.delete(file);
        knowledge.scan();

        assertThat(index.search("vaccines", false, 5)).isEmpty();
        assertThat(knowledge.state().documents()).isEmpty();
    }

    @Test
    void refusesDamagedFilesByNameAndServesTheRest() throws IOException {
        Files.writeString(folder.resolve("insulin.txt"), INSULIN);
        Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7 and then nothing");
        Files.write(folder.resolve("binary.txt"), new byte[] {0, 1, 2, 3, 0, 1, 2});
        Files.writeString(folder.resolve("slides.pptx"), "x");
        Files.writeString(folder.resolve("empty.txt"), " \n");
        Files.writeString(folder.resolve(".hidden"), "x");
        var knowledge = new KnowledgeFolder(folder, 1000, index);

        knowledge.scan();

        assertThat(knowledge.state().documents()).containsExactly("insulin.txt");
        assertThat(knowledge.state().refused())
                .containsOnlyKeys("broken.pdf", "binary.txt", "slides.pptx", "empty.txt")
                .allSatisfy((name, why) -> assertThat(why).isNotBlank());
        assertThat(knowledge.state().refused().get("slides.pptx")).contains("pptx", "pdf");
        assertThat(index.search("insulin", false, 5)).isNotEmpty();
    }

    @Test
    void keepsToItsLimit() throws IOException {
        Files.writeString(folder.resolve("a.txt"), INSULIN);
        Files.writeString(folder.resolve("b.txt"), INSULIN);
        var knowledge = new KnowledgeFolder(folder, INSULIN.length() + 10, index);

        knowledge.scan();

        assertThat(knowledge.state().documents()).containsExactly("a.txt");
        assertThat(knowledge.state().refused().get("b.txt")).contains("auspex.consult.max-knowledge-characters");
    }

    @Test
    void readsBothChineseScriptsAsOne() throws IOException {
        Files.writeString(folder.resolve("血压.txt"), "高血压\n\n测量\n测量血压前请安静坐五分钟。\n");
        new KnowledgeFolder(folder, 1000, index).scan();

        var found = index.search("測量血壓前要坐多久？", true, 5);

        assertThat(found).isNotEmpty();
        assertThat(found.get(0).passage().text()).contains("安静坐五分钟");
        assertThat(index.search("測量血壓前要坐多久？", false, 5)).isEmpty();
    }
}
