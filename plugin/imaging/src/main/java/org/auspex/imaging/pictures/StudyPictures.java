package org.auspex.imaging.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.pixels.Sampling;
import org.auspex.imaging.pixels.Slide;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.imaging.study.StudyUid;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.TiledImage;
import org.hl7.fhir.r4.model.ImagingStudy;

/** The images of a study, from the archive that the ImagingStudy names. Their headers are read at once, their pixels when asked for. */
public final class StudyPictures implements PictureSource {

    private final Function<ImagingStudy, Archive> archives;
    private final PictureReader reader;
    private final Form form;

    /**
     * @param archives where the images of a study are
     * @param form of the Segmentations that are kept beside them
     */
    public StudyPictures(Function<ImagingStudy, Archive> archives, PictureReader reader, Form form) {
        this.archives = archives;
        this.reader = reader;
        this.form = form;
    }

    @Override
    public List<Picture> pictures(Wish wish) {
        try {
            var archive = archives.apply(wish.study());
            var pictures = wish.series().stream()
                    .flatMap(series -> ofSeries(wish, series, archive))
                    .toList();
            if (pictures.isEmpty()) {
                throw new ImageRefused("the archive has no image of the series that the ImagingStudy names");
            }
            return named(pictures);
        } catch (DicomRefused | ArchiveFailed e) {
            throw new ImageRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public TiledImage slides(Wish wish) {
        try {
            var archive = archives.apply(wish.study());
            // In the same order whenever it is asked, for the record has them in the order of their arrival.
            var slides = wish.series().stream()
                    .sorted()
                    .flatMap(series -> slide(wish, series, archive).stream())
                    .toList();
            if (slides.isEmpty()) {
                throw new ImageRefused(
                        "the archive has no level of a slide (Image Type with VOLUME) in the series that the ImagingStudy names");
            }
            return new StudySlides(reader, slides);
        } catch (DicomRefused | ArchiveFailed e) {
            throw new ImageRefused(String.valueOf(e.getMessage()));
        }
    }

    /** Empty for a series of labels and overviews alone. */
    private Optional<StudySlides.Lying> slide(Wish wish, String series, Archive archive) {
        var headers = headers(wish, series, archive);
        if (headers.isEmpty()) {
            throw new ImageRefused(
                    "the archive has nothing of the series %s that the ImagingStudy names".formatted(series));
        }
        return headers.stream().anyMatch(Slide::isLevel)
                ? Optional.of(new StudySlides.Lying(series, place(archive, headers)))
                : Optional.empty();
    }

    private static List<Dataset> headers(Wish wish, String series, Archive archive) {
        return archive.metadata(StudyUid.of(wish.study()), Optional.of(new Uid(series))).stream()
                .filter(header -> header.has(Tags.ROWS))
                .toList();
    }

    private Stream<StudyPicture> ofSeries(Wish wish, String series, Archive archive) {
        var headers = headers(wish, series, archive);
        if (headers.isEmpty()) {
            return Stream.empty();
        }
        if (wish.volume()) {
            return Stream.of(new StudyPicture("series", place(archive, headers), 0));
        }
        return headers.stream()
                .flatMap(header -> frames(header, wish.frames())
                        .mapToObj(frame -> new StudyPicture("image", place(archive, List.of(header)), frame)));
    }

    private static IntStream frames(Dataset header, FrameSampling wanted) {
        var count = Math.max(header.integer(Tags.NUMBER_OF_FRAMES).orElse(1), 1);
        var sampling = switch (wanted.by()) {
            case EVERY -> Sampling.every(wanted.number());
            case EVENLY -> Sampling.evenly(wanted.number());
        };
        var numbers = sampling.of(count);
        if (numbers.size() > wanted.most()) {
            throw new ImageRefused(
                    "a loop of %d frames has %d that the model would look at, more than the %d that its card allows"
                            .formatted(count, numbers.size(), wanted.most()));
        }
        return numbers.stream().mapToInt(Integer::intValue);
    }

    private StudyPicture.Place place(Archive archive, List<Dataset> headers) {
        return new StudyPicture.Place(
                archive, headers.stream().map(InstanceUids::of).toList(), reader, form);
    }

    private static List<Picture> named(List<StudyPicture> pictures) {
        var named = new ArrayList<Picture>();
        for (var picture : pictures) {
            named.add(picture.numbered(named.size() + 1, pictures.size()));
        }
        return named;
    }
}
