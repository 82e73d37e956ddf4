package org.auspex.imaging.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArchiveTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path elsewhere;

    @SuppressWarnings("NullAway.Init")
    private FolderArchive archive;

    @BeforeEach
    void open() throws IOException {
        archive = new FolderArchive(folder, new BusToolkit(), ReadLimits.DEFAULT, 0, Clock.systemUTC());
    }

    @Test
    void givesBackWhatWasStored() throws IOException {
        var file = Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4"));

        var stored = store(file);

        assertThat(stored)
                .isEqualTo(new Stored.Kept("1.2.840.10008.5.1.4.1.1.6.1", InstanceUids.of("1.2", "1.2.3", "1.2.3.4")));
        assertThat(archive.fetch(InstanceUids.of("1.2", "1.2.3", "1.2.3.4"), elsewhere))
                .isEqualTo(folder.resolve("1.2/1.2.3/1.2.3.4.dcm"))
                .hasSameBinaryContentAs(file);
        assertThat(file).exists();
    }

    @Test
    void linksWhatLiesInItsOwnFolderForThat() throws IOException {
        var file = Pictures.file(archive.incoming(), Pictures.picture("1.2", "1.2.3", "1.2.3.4"));

        store(file);
        Files.delete(file);

        assertThat(folder.resolve("1.2/1.2.3/1.2.3.4.dcm")).exists();
        assertThat(archive.incoming()).isEmptyDirectory();
    }

    @Test
    void takesTheSameAgainAndRefusesAnotherUnderItsUid() {
        var first = Pictures.picture("1.2", "1.2.3", "1.2.3.4");
        store(Pictures.file(elsewhere, first));

        var again = store(Pictures.file(elsewhere, first));
        var other = store(Pictures.file(
                elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4").set(Tags.INSTANCE_NUMBER, Vr.IS, 9L)));
        var elsewhereToo = store(Pictures.file(elsewhere, Pictures.picture("1.9", "1.9.3", "1.2.3.4")));

        assertThat(again).isInstanceOf(Stored.Kept.class);
        assertThat(List.of(other, elsewhereToo)).allSatisfy(outcome -> {
            var refused = (Stored.Refused) outcome;
            assertThat(refused.reason()).isEqualTo(Stored.Reason.DUPLICATE);
            assertThat(refused.why())
                    .isEqualTo(
                            "Another object with SOP Instance UID 1.2.3.4 is in the archive; give the new one a UID of its own");
        });
        assertThat(archive.metadata(new Uid("1.2"), Optional.empty())).hasSize(1);
        assertThat(archive.search(Query.studies(Map.of()))).hasSize(1);
    }

    @Test
    void refusesWhatIsNoDicomAndUidsThatLeadElsewhere() throws IOException {
        var text = Files.writeString(elsewhere.resolve("text"), "no DICOM");
        var climbing = Pictures.file(elsewhere, Pictures.picture("1.2", "../../1.2.3", "1.2.3.4"));

        assertThat(archive.store(List.of(text, climbing))).allSatisfy(outcome -> {
            var refused = (Stored.Refused) outcome;
            assertThat(refused.reason()).isEqualTo(Stored.Reason.UNREADABLE);
        });
        assertThat(((Stored.Refused) store(climbing)).why())
                .isEqualTo("'../../1.2.3' is no UID: at most 64 digits and dots");
        assertThat(archive.search(Query.studies(Map.of()))).isEmpty();
        assertThat(archive.incoming()).isEmptyDirectory();
    }

    @Test
    void refusesWhenTheDiskIsFull() throws IOException {
        var full = new FolderArchive(folder, new BusToolkit(), ReadLimits.DEFAULT, Long.MAX_VALUE, Clock.systemUTC());

        var refused = (Stored.Refused)
                full.store(List.of(Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4"))))
                        .get(0);

        assertThat(refused.reason()).isEqualTo(Stored.Reason.FULL);
        assertThat(refused.why()).contains("make room, or lower auspex.dicom.archive.keep-free");
    }

    @Test
    void finishesWhatAServerThatDiedHadBegun() throws IOException {
        var file = Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4"));
        store(file);
        Files.delete(folder.resolve("1.2/1.2.3/1.2.3.4.dcm"));
        Files.createFile(archive.incoming().resolve("half"));
        var change = archive.changed().waiting().get(0);
        archive.changed().take(change.study());

        open();

        assertThat(archive.incoming()).isEmptyDirectory();
        assertThat(archive.changed().waiting())
                .extracting(ChangedStudies.Change::study)
                .containsExactly(new Uid("1.2"));
        assertThat(store(file)).isInstanceOf(Stored.Kept.class);
        assertThat(folder.resolve("1.2/1.2.3/1.2.3.4.dcm")).hasSameBinaryContentAs(file);
    }

    @Test
    void leavesPixelsOutOfHeadersAndSaysWhereTheyAre() {
        store(Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4")));

        var header =
                archive.metadata(new Uid("1.2"), Optional.of(new Uid("1.2.3"))).get(0);

        assertThat(header.string(Tags.PATIENT_NAME)).contains("Müller^Anna");
        assertThat(header.string(Tags.AVAILABLE_TRANSFER_SYNTAX_UID)).contains("1.2.840.10008.1.2.1");
        assertThat(header.get(Tags.PIXEL_DATA))
                .hasValueSatisfying(
                        element -> assertThat(element.value()).isEqualTo(new Value.Elsewhere("bulkdata/7FE00010")));
    }

    @Test
    void findsStudiesSeriesAndInstances() {
        store(Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.4")));
        store(Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3.5")));
        store(Pictures.file(
                elsewhere, Pictures.picture("1.2", "1.2.4", "1.2.4.1").set(Tags.MODALITY, Vr.CS, "SR")));
        store(Pictures.file(
                elsewhere, Pictures.picture("1.3", "1.3.1", "1.3.1.1").set(Tags.STUDY_DATE, Vr.DA, "20250701")));

        var study = archive.search(Query.studies(Map.of(Tags.STUDY_DATE, "20260101-")))
                .get(0);

        assertThat(study.string(Tags.STUDY_INSTANCE_UID)).contains("1.2");
        assertThat(study.strings(Tags.MODALITIES_IN_STUDY)).containsExactly("SR", "US");
        assertThat(study.integer(Tags.NUMBER_OF_STUDY_RELATED_INSTANCES)).contains(3);
        assertThat(study.integer(Tags.NUMBER_OF_STUDY_RELATED_SERIES)).contains(2);
        assertThat(archive.search(Query.series(new Uid("1.2"))))
                .hasSize(2)
                .allMatch(series -> !series.has(Tags.PATIENT_ID));
        assertThat(archive.search(Query.instances(new Uid("1.2"), new Uid("1.2.3"))))
                .hasSize(2);
        assertThat(studies(Tags.PATIENT_NAME, "müller*")).containsExactly("1.2", "1.3");
        assertThat(studies(Tags.PATIENT_ID, "47?1")).containsExactly("1.2", "1.3");
        assertThat(studies(Tags.PATIENT_ID, "471")).isEmpty();
        assertThat(studies(Tags.STUDY_INSTANCE_UID, "1.3,1.4")).containsExactly("1.3");
        assertThat(studies(Tags.MODALITY, "SR")).containsExactly("1.2");
        assertThat(studies(Tags.STUDY_DATE, "-20251231")).containsExactly("1.3");
        assertThat(studies(Tags.STUDY_TIME, "1000-1015")).containsExactly("1.2", "1.3");
        assertThat(studies(Tags.REFERRING_PHYSICIAN_NAME, "*")).containsExactly("1.2", "1.3");
    }

    @Test
    void tellsAPageAtATimeAndWhatItIsAskedFor() {
        for (int i = 1; i <= 5; i++) {
            store(Pictures.file(elsewhere, Pictures.picture("1." + i, "1.%d.1".formatted(i), "1.%d.1.1".formatted(i))));
        }

        var page = archive.search(new Query(
                Level.STUDY,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Query.Page(2, 2),
                new Query.Include(false, Set.of(Tags.BODY_PART_EXAMINED, Tags.MODALITY))));

        assertThat(page).extracting(FolderArchiveTest::uid).containsExactly("1.3", "1.4");
        assertThat(page).allMatch(study -> study.string(Tags.MODALITY).equals(Optional.of("US")));
    }

    @Test
    void namesWhatIsNotThere() {
        assertThatThrownBy(() -> archive.metadata(new Uid("1.2"), Optional.empty()))
                .isInstanceOfSatisfying(
                        ArchiveFailed.class, why -> assertThat(why.kind()).isEqualTo(ArchiveFailed.Kind.NOT_FOUND));
        assertThatThrownBy(() -> archive.fetch(InstanceUids.of("1.2", "1.2.3", "1.2.3.4"), elsewhere))
                .hasMessage("There is no instance 1.2.3.4 of study 1.2 in the archive");
        assertThat(archive.search(Query.instances(new Uid("1.2"), new Uid("1.2.3"))))
                .isEmpty();
    }

    @Test
    void takesManyAtOnceAndEachOnce() throws Exception {
        var files = IntStream.range(0, 40)
                .mapToObj(i -> Pictures.file(elsewhere, Pictures.picture("1.2", "1.2.3", "1.2.3." + (i % 20))))
                .toList();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var outcomes = threads.invokeAll(files.stream()
                    .map(file -> (java.util.concurrent.Callable<Stored>) () -> store(file))
                    .toList());
            for (var outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(Stored.Kept.class);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(archive.metadata(new Uid("1.2"), Optional.empty())).hasSize(20);
    }

    private Stored store(Path file) {
        return archive.store(List.of(file)).get(0);
    }

    private List<String> studies(int tag, String wanted) {
        return archive.search(Query.studies(Map.of(tag, wanted))).stream()
                .map(FolderArchiveTest::uid)
                .toList();
    }

    private static String uid(Dataset study) {
        return study.string(Tags.STUDY_INSTANCE_UID).orElseThrow();
    }
}
