package org.auspex.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Pictures;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.dicomweb.DicomwebArchive.Reading;
import org.hl7.fhir.r4.model.Endpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real archive: stored there, found there, and fetched from there. */
class OrthancIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Orthanc orthanc;

    @SuppressWarnings("NullAway.Init")
    private static ArchiveClient client;

    @BeforeAll
    static void start() {
        client = new ArchiveClient(
                new ClientLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60), 10_000_000));
        orthanc = Orthanc.start(folder);
    }

    @AfterAll
    static void stop() {
        client.close();
        if (orthanc != null) {
            orthanc.close();
        }
    }

    @Test
    void storesFindsAndFetches() throws IOException {
        var files = List.of(
                Pictures.file(folder, Pictures.picture("1.2", "1.2.3", "1.2.3.4")),
                Pictures.file(folder, Pictures.picture("1.2", "1.2.3", "1.2.3.5")));
        var archive = archive();

        var stored = archive.store(files);
        var studies = archive.search(Query.studies(Map.of(Tags.PATIENT_ID, "4711")));
        var headers = archive.metadata(new Uid("1.2"), Optional.empty());
        var fetched = archive.fetch(
                InstanceUids.of("1.2", "1.2.3", "1.2.3.5"), Files.createDirectory(folder.resolve("fetched")));

        assertThat(stored).hasSize(2).allMatch(Stored.Kept.class::isInstance);
        assertThat(studies)
                .extracting(study -> study.string(Tags.STUDY_INSTANCE_UID))
                .containsExactly(Optional.of("1.2"));
        assertThat(archive.search(Query.series(new Uid("1.2")))).hasSize(1);
        assertThat(archive.search(Query.instances(new Uid("1.2"), new Uid("1.2.3"))))
                .hasSize(2);
        assertThat(headers).hasSize(2).allSatisfy(header -> {
            assertThat(header.string(Tags.PATIENT_NAME)).contains("Müller^Anna");
            assertThat(header.integer(Tags.ROWS)).contains(4);
        });
        var object = new BusToolkit().read(fetched, ReadLimits.DEFAULT);
        assertThat(object.sopInstanceUid()).isEqualTo("1.2.3.5");
        assertThat(((Value.Native) object.dataset()
                                .get(Tags.PIXEL_DATA)
                                .orElseThrow()
                                .value())
                        .read(0, 4))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void tellsWhatItDoesNotHaveAndDoesNotTake() throws IOException {
        var archive = archive();
        var text = Files.writeString(folder.resolve("text"), "no DICOM");

        assertThatThrownBy(() -> archive.fetch(InstanceUids.of("1.9", "1.9.3", "1.9.3.4"), folder))
                .isInstanceOfSatisfying(
                        ArchiveFailed.class, why -> assertThat(why.kind()).isEqualTo(ArchiveFailed.Kind.NOT_FOUND));
        assertThatThrownBy(() -> archive.metadata(new Uid("1.9"), Optional.empty()))
                .isInstanceOf(ArchiveFailed.class);
        assertThat(archive.store(List.of(text)).get(0)).isInstanceOf(Stored.Refused.class);
        assertThat(archive.search(Query.studies(Map.of(Tags.PATIENT_ID, "none"))))
                .isEmpty();
    }

    /** What is not decoded here is asked for in a transfer syntax that is. */
    @Test
    void asksItToTranscode() throws IOException {
        var file = Pictures.file(folder, Pictures.picture("1.5", "1.5.3", "1.5.3.4"));
        archive().store(List.of(file));
        var picky = new DicomwebArchive(
                new ArchiveAddress(orthanc.base(), Optional.empty()),
                client,
                new BusToolkit(),
                new Reading(ReadLimits.DEFAULT, Set.of()));

        var fetched =
                picky.fetch(InstanceUids.of("1.5", "1.5.3", "1.5.3.4"), Files.createDirectory(folder.resolve("picky")));

        assertThat(new BusToolkit().read(fetched, ReadLimits.DEFAULT).transferSyntax())
                .isEqualTo("1.2.840.10008.1.2.1");
    }

    private static org.auspex.imaging.archive.Archive archive() {
        var endpoint = new Endpoint()
                .setStatus(Endpoint.EndpointStatus.ACTIVE)
                .setAddress(orthanc.base().toString());
        endpoint.getConnectionType()
                .setSystem("http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
                .setCode("dicom-wado-rs");
        return new Archives(
                        Map.of("pacs", new ArchiveAddress(orthanc.base(), Optional.empty())),
                        client,
                        new BusToolkit(),
                        new Reading(ReadLimits.DEFAULT, Set.of("1.2.840.10008.1.2.1")))
                .at(endpoint);
    }
}
