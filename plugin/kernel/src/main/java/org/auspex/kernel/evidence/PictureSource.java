package org.auspex.kernel.evidence;

import java.util.List;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.TiledImage;
import org.hl7.fhir.r4.model.ImagingStudy;

/** Where the images of studies are kept. */
@FunctionalInterface
public interface PictureSource {

    /** A server without an archive. */
    PictureSource NONE = wish -> {
        throw new ImageRefused("there is no archive to read images from; set auspex.dicom");
    };

    /**
     * The images that a model looks at.
     *
     * @return at least one
     * @throws ImageRefused if they cannot be had or read, and why
     */
    List<Picture> pictures(Wish wish);

    /**
     * The slides that a model looks at together.
     *
     * @param wish of a series for each slide
     * @throws ImageRefused if one cannot be had, and why
     */
    default TiledImage slides(Wish wish) {
        throw new ImageRefused("there is no archive to read slides from; set auspex.dicom");
    }

    /**
     * Which images of a study.
     *
     * @param study as the record has it
     * @param series UIDs of the series that are meant, at least one
     * @param volume whether the slices of a series are one image
     * @param frames of a loop, each of which is an image
     */
    record Wish(ImagingStudy study, List<String> series, boolean volume, FrameSampling frames) {
        public Wish {
            series = List.copyOf(series);
        }

        /** The images that an input of a card means; of no series if the study has none of them. */
        public static Wish of(ImagingStudy study, Source source) {
            return StudyImages.wish(study, source);
        }
    }
}
