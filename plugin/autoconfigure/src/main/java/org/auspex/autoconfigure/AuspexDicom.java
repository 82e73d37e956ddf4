package org.auspex.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.corrections.CorrectionWatch;
import org.auspex.imaging.corrections.Corrections;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.dicom.bus.StoreScp;
import org.auspex.imaging.dicomweb.ArchiveAddress;
import org.auspex.imaging.dicomweb.ArchiveClient;
import org.auspex.imaging.dicomweb.Archives;
import org.auspex.imaging.dicomweb.ClientLimits;
import org.auspex.imaging.dicomweb.DicomwebArchive;
import org.auspex.imaging.net.Listening;
import org.auspex.imaging.net.StorageListener;
import org.auspex.imaging.pictures.PictureReader;
import org.auspex.imaging.pictures.StudyLabels;
import org.auspex.imaging.pictures.StudyPictures;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.imaging.study.PatientSystems;
import org.auspex.imaging.study.StudyLinks;
import org.auspex.imaging.study.StudyWatch;
import org.auspex.kernel.evidence.LabelSource;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.store.Agreements;
import org.auspex.store.JpaStore;
import org.auspex.store.Studies;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Images: where they are kept and found, and how their studies come into the record. */
class AuspexDicom {

    /** The Endpoint of the archive in the folder. */
    private static final String OWN = "auspex-dicomweb";

    private static final Clock CLOCK = Clock.systemUTC();

    /** The one that somebody brought along, as the profile dcm4che does, or else ours. */
    @Bean
    DicomToolkit auspexDicomToolkit() {
        return ServiceLoader.load(DicomToolkit.class).findFirst().orElseGet(BusToolkit::new);
    }

    @Bean
    FolderArchive auspexFolderArchive(DicomToolkit toolkit, AuspexSettings settings, Home home) throws IOException {
        var archive = settings.dicom().archive();
        return new FolderArchive(
                home.images(archive), toolkit, limits(archive.maxObjectBytes()), archive.keepFree(), CLOCK);
    }

    static ReadLimits limits(long bytes) {
        var usual = ReadLimits.DEFAULT;
        return new ReadLimits(bytes, usual.elements(), usual.depth(), usual.inMemory(), usual.heap());
    }

    @Bean(destroyMethod = "close")
    ArchiveClient auspexArchiveClient(AuspexSettings settings) {
        var client = settings.dicom().client();
        return new ArchiveClient(
                new ClientLimits(client.connectTimeout(), client.idleTimeout(), client.timeout(), client.maxBytes()));
    }

    @Bean
    Archives auspexArchives(ArchiveClient client, DicomToolkit toolkit, AuspexSettings settings) {
        var listed = settings.dicom().archives().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> address(one.getValue())));
        var reading = new DicomwebArchive.Reading(
                limits(settings.dicom().client().maxBytes()), PixelReader.transferSyntaxes());
        return new Archives(listed, client, toolkit, reading);
    }

    private static ArchiveAddress address(DicomSettings.RemoteSettings remote) {
        return new ArchiveAddress(URI.create(remote.url()), Optional.ofNullable(remote.authorization()));
    }

    @Bean
    Studies auspexStudies(JpaStore store) {
        return store.studies();
    }

    @Bean
    StudyLinks auspexStudyLinks(FolderArchive archive, Studies studies, AuspexSettings settings) {
        var dicom = settings.dicom();
        var systems = new PatientSystems(dicom.patientSystems(), Optional.ofNullable(dicom.patientSystem()));
        var place = new StudyLinks.Place(endpoint(dicom.dicomweb().url()), ZoneId.systemDefault());
        return new StudyLinks(archive, studies, systems, place);
    }

    private static Optional<Endpoint> endpoint(@Nullable String url) {
        if (url == null) {
            return Optional.empty();
        }
        var endpoint = new Endpoint().setStatus(Endpoint.EndpointStatus.ACTIVE).setAddress(url);
        endpoint.setId(OWN);
        endpoint.getConnectionType()
                .setSystem("http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
                .setCode("dicom-wado-rs");
        endpoint.addPayloadType().setText("DICOM");
        endpoint.addPayloadMimeType("application/dicom");
        return Optional.of(endpoint);
    }

    @Bean
    PictureSource auspexPictures(
            FolderArchive own, Archives archives, Studies studies, PictureReader reader, AuspexSettings settings) {
        var form = settings.dicom().segmentation();
        return new StudyPictures(study -> archive(study, own, archives, studies), reader, form);
    }

    @Bean
    LabelSource auspexLabels(FolderArchive own, Archives archives, Studies studies, PictureReader reader) {
        return new StudyLabels(study -> archive(study, own, archives, studies), reader);
    }

    /** That of the first Endpoint which is not our own; without one, our own. */
    private static Archive archive(ImagingStudy study, FolderArchive own, Archives archives, Studies studies) {
        return studies.endpoints(study).stream()
                .filter(endpoint -> !OWN.equals(endpoint.getIdElement().getIdPart()))
                .findFirst()
                .map(archives::at)
                .orElse(own);
    }

    @Bean
    Agreements auspexAgreements(JpaStore store) {
        return store.agreements();
    }

    @Bean
    Corrections auspexCorrections(
            FolderArchive own, Archives archives, Copies copies, Studies studies, Agreements agreements) {
        return new Corrections(
                own,
                study -> archive(study, own, archives, studies),
                copies,
                new PixelReader(PixelLimits.DEFAULT),
                new Corrections.Records(studies, agreements));
    }

    @Bean(destroyMethod = "close")
    CorrectionWatch auspexCorrectionWatch(Corrections corrections, Agreements agreements, AuspexSettings settings) {
        return new CorrectionWatch(
                corrections, agreements, settings.dicom().corrections().since(), CLOCK);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> auspexCorrectionsStart(CorrectionWatch watch, AuspexSettings settings) {
        return ready -> watch.start(settings.dicom().corrections().period());
    }

    @Bean
    PictureReader auspexPictureReader(Copies copies, AuspexSettings settings) {
        var pixels = new PixelReader(PixelLimits.DEFAULT);
        return new PictureReader(
                copies, new SeriesReader(pixels, settings.inference().maxNumbers()));
    }

    @Bean
    Copies auspexCopies(DicomToolkit toolkit, AuspexSettings settings, Home home) {
        return new Copies(
                home.copies(), toolkit, limits(settings.dicom().archive().maxObjectBytes()));
    }

    @Bean(destroyMethod = "close")
    StudyWatch auspexStudyWatch(
            FolderArchive archive,
            StudyLinks links,
            Corrections corrections,
            Studies studies,
            AuspexSettings settings) {
        Consumer<Uid> work = study -> {
            links.link(study);
            corrections.compare(study);
        };
        return new StudyWatch(archive.changed(), work, studies, settings.dicom().quiet(), CLOCK);
    }

    /** Modalities send when they like, so the port opens when the archive is there, and closes before it. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("auspex.dicom.store.enabled")
    StorageListener auspexStorageListener(FolderArchive archive, AuspexSettings settings) throws IOException {
        var store = settings.dicom().store();
        var limits = new Listening.Limits(
                store.associations(),
                store.timeout(),
                settings.dicom().archive().maxObjectBytes());
        return StoreScp.listen(
                archive,
                new Listening(store.address(), store.port(), store.aeTitle(), Set.copyOf(store.callers()), limits));
    }

    /** What arrived while the server was down, or what it died over, is put into the record now. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> auspexStudiesStart(StudyWatch watch) {
        return ready -> watch.start();
    }
}
