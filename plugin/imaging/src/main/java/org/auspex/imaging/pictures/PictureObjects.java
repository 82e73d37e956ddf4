package org.auspex.imaging.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.report.Reports;
import org.auspex.imaging.results.segmentation.Entropy;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.ParametricMaps;
import org.auspex.imaging.results.segmentation.Quantity;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;

/**
 * The DICOM objects about a picture. Which there are is known at once; they are made when they are asked for.
 *
 * @param findings at least one, found or not
 * @param doubt entropy of the mask in bits, where the network tells it
 * @param form of the Segmentation, unless segments overlap
 */
record PictureObjects(Draft draft, List<Finding> findings, Optional<Raster> doubt, Form form) {

    /** A Segmentation also of what was looked for and not found; the report and the doubt only where something was found. */
    List<Kind> kinds() {
        var kinds = new ArrayList<>(List.of(segmentation()));
        if (findings.stream().anyMatch(Finding::isThere)) {
            kinds.add(Kind.REPORT);
            uncertainty().ifPresent(kinds::add);
        }
        return List.copyOf(kinds);
    }

    private Kind segmentation() {
        return form == Form.LABEL_MAP && !Segmentations.overlap(masks()) ? Kind.LABEL_MAP : Kind.SEGMENTATION;
    }

    /** Without a place in the patient there is no Parametric Map; a probability needs one mask that the entropy is of. */
    private Optional<Kind> uncertainty() {
        if (doubt.isEmpty()) {
            return Optional.empty();
        }
        if (draft.source().stream().allMatch(frame -> frame.plane().isPresent())) {
            return Optional.of(Kind.PARAMETRIC_MAP);
        }
        return findings.size() == 1 ? Optional.of(Kind.PROBABILITIES) : Optional.empty();
    }

    /** In the order of {@link #kinds()}. */
    List<DicomObject> made() {
        var segmentation = segmentation() == Kind.LABEL_MAP
                ? Segmentations.labelMap(draft, masks())
                : Segmentations.binary(draft, masks());
        return kinds().stream()
                .map(kind -> switch (kind) {
                    case SEGMENTATION, LABEL_MAP -> segmentation;
                    case REPORT -> report(segmentation);
                    case PARAMETRIC_MAP -> ParametricMaps.of(draft, doubt.orElseThrow(), Quantity.UNCERTAINTY);
                    case PROBABILITIES -> probabilities();
                })
                .toList();
    }

    private List<Segmented<Mask>> masks() {
        return findings.stream()
                .map(finding -> new Segmented<>(finding.segment(), finding.mask()))
                .toList();
    }

    private DicomObject report(DicomObject segmentation) {
        var measured = findings.stream()
                .flatMap(finding -> finding.measured().stream())
                .toList();
        return Reports.of(draft, Optional.of(segmentation.dataset()), measured, Reports.ENGLISH);
    }

    private DicomObject probabilities() {
        var finding = findings.get(0);
        var probabilities = Entropy.probabilities(doubt.orElseThrow(), finding.mask());
        return Segmentations.probabilities(draft, List.of(new Segmented<>(finding.segment(), probabilities)));
    }
}
