package org.auspex.imaging.corrections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.results.reading.Agreement;
import org.auspex.imaging.study.StudyUid;
import org.auspex.kernel.AgreementRecord;
import org.auspex.kernel.AgreementRecord.Incomparable;
import org.auspex.kernel.AgreementRecord.Kept;
import org.auspex.kernel.StudyRecord;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds Segmentations of people among what has arrived of a study, or lies beside its images elsewhere, and compares them with what models marked in its images. */
public final class Corrections {

    private static final Logger LOG = LoggerFactory.getLogger(Corrections.class);

    /** Trying again does not mend these. */
    private static final Set<ArchiveFailed.Kind> FINAL =
            Set.of(ArchiveFailed.Kind.NOT_FOUND, ArchiveFailed.Kind.NOT_ALLOWED);

    private final FolderArchive arrived;
    private final Function<ImagingStudy, Archive> archives;
    private final Copies copies;
    private final SourceFrames sources;
    private final Records records;

    /** What is said of studies, and of agreements. */
    public record Records(StudyRecord studies, AgreementRecord agreements) {}

    /**
     * @param arrived where corrections come to
     * @param archives where the images of a study and the objects of models are
     */
    public Corrections(
            FolderArchive arrived,
            Function<ImagingStudy, Archive> archives,
            Copies copies,
            PixelReader pixels,
            Records records) {
        this.arrived = arrived;
        this.archives = archives;
        this.copies = copies;
        this.sources = new SourceFrames(copies, pixels);
        this.records = records;
    }

    /** A Segmentation of a person's, and where it lies. */
    private record Correction(Archive archive, InstanceUids uids, Described described) {}

    /** Segmentations of one result of a model, and where they lie. */
    private record Marked(List<InstanceUids> uids, List<Described> described) {}

    /**
     * Compares what has arrived and was not compared yet. What cannot be compared is told in a Task.
     *
     * @throws RuntimeException if an archive or the record does not answer: try again
     */
    public void compare(Uid study) {
        var corrections = new ArrayList<Correction>();
        find(arrived, study, Optional.empty(), corrections);
        if (!corrections.isEmpty()) {
            records.studies().find(study.value()).ifPresent(known -> compare(corrections, known));
        }
    }

    /**
     * The same for what lies beside the images of a study, where that is another archive, which does not tell of it.
     *
     * @throws RuntimeException if the archive or the record does not answer: try again
     */
    public void look(ImagingStudy study) {
        var archive = archives.apply(study);
        if (archive == arrived) {
            return;
        }
        var corrections = new ArrayList<Correction>();
        var uid = StudyUid.of(study);
        archive.search(Query.series(uid)).stream()
                .filter(series -> series.string(Tags.MODALITY).equals(Optional.of("SEG")))
                .flatMap(series -> series.string(Tags.SERIES_INSTANCE_UID).stream())
                .forEach(series -> find(archive, uid, Optional.of(new Uid(series)), corrections));
        compare(corrections, study);
    }

    private void compare(List<Correction> corrections, ImagingStudy study) {
        if (corrections.isEmpty()) {
            return;
        }
        for (var result : records.agreements().standing(study)) {
            corrections.stream()
                    .filter(one -> !records.agreements()
                            .isCounted(result, one.uids().instance().value()))
                    .forEach(one -> compare(one, result, study));
        }
    }

    private static void find(Archive archive, Uid study, Optional<Uid> series, List<Correction> corrections) {
        archive.metadata(
                study,
                series,
                header -> Described.of(header)
                        .filter(Described::isOfAPerson)
                        .ifPresent(described ->
                                corrections.add(new Correction(archive, InstanceUids.of(header), described))));
    }

    private void compare(Correction correction, Kept result, ImagingStudy study) {
        var uid = correction.uids().instance().value();
        try {
            count(correction, result, study);
        } catch (DicomRefused e) {
            refuse(correction, result, e);
        } catch (ArchiveFailed e) {
            if (!FINAL.contains(e.kind())) {
                throw e;
            }
            refuse(correction, result, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The copies of Segmentation %s cannot be read".formatted(uid), e);
        }
    }

    private void refuse(Correction correction, Kept result, RuntimeException why) {
        var uids = correction.uids();
        LOG.warn("Segmentation {} cannot be compared with {}; a Task says why", uids.instance(), result.report());
        records.agreements()
                .incomparable(new Incomparable(
                        uids.study().value(),
                        uids.instance().value(),
                        "It cannot be compared with what %s marked (%s): %s"
                                .formatted(result.model(), result.report(), why.getMessage())));
    }

    private void count(Correction correction, Kept result, ImagingStudy study) throws IOException {
        var archive = archives.apply(study);
        var marked = marked(correction, result, archive);
        var pairs = Pairs.of(marked.described(), correction.described());
        if (pairs.isEmpty()) {
            return;
        }
        var agreements = copies.within(folder -> {
            var objects = new ArrayList<Dataset>();
            for (var uids : marked.uids()) {
                objects.add(copies.read(archive, uids, folder).dataset());
            }
            var person =
                    copies.read(correction.archive(), correction.uids(), folder).dataset();
            return new Comparison(sources.of(objects, archive, folder)).of(objects, person, pairs);
        });
        var uid = correction.uids().instance().value();
        var drawn = new SegmentationAgreement.Drawn(uid, arrived(correction));
        agreements.forEach(
                (pair, agreement) -> records.agreements().count(counted(pair, agreement, result, study, drawn)));
        records.agreements().comparable(correction.uids().study().value(), uid);
        LOG.info("Segmentation {} was compared with {} of {}", uid, result.report(), result.model());
    }

    private Optional<Instant> arrived(Correction correction) {
        return correction.archive() == arrived ? Optional.of(arrived.arrived(correction.uids())) : Optional.empty();
    }

    /** Those of the result's Segmentations that the correction is about. */
    private static Marked marked(Correction correction, Kept result, Archive archive) {
        var uids = new ArrayList<InstanceUids>();
        var described = new ArrayList<Described>();
        for (var url : result.objects()) {
            InstanceUids.ofUrl(url)
                    .ifPresent(kept -> archive.metadata(kept.study(), Optional.of(kept.series())).stream()
                            .flatMap(header -> Described.of(header).stream())
                            .filter(one -> one.uid().equals(kept.instance().value()))
                            .filter(correction.described()::isAbout)
                            .forEach(one -> {
                                uids.add(kept);
                                described.add(one);
                            }));
        }
        return new Marked(uids, described);
    }

    private static SegmentationAgreement counted(
            Pairs.Pair pair,
            Agreement agreement,
            Kept result,
            ImagingStudy study,
            SegmentationAgreement.Drawn segmentation) {
        return new SegmentationAgreement(
                result.model(),
                result.report(),
                "ImagingStudy/" + study.getIdElement().getIdPart(),
                segmentation,
                pair.display(),
                new SegmentationAgreement.Pixels(agreement.both(), agreement.one(), agreement.other()),
                agreement.dice());
    }
}
