package org.auspex.imaging.results.reading;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.Plane;

/** The functional groups of a frame: its own, or those that all frames share (PS3.3, C.7.6.16). */
final class FrameGroups {

    private final Dataset shared;
    private final Dataset own;

    private FrameGroups(Dataset shared, Dataset own) {
        this.shared = shared;
        this.own = own;
    }

    /** @throws DicomRefused if there are not as many as frames */
    static List<FrameGroups> of(Dataset object) {
        var shared = object.item(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElseGet(Dataset::new);
        var groups = object.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        var frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
        if (groups.size() != frames || frames == 0) {
            throw new DicomRefused("The Segmentation has %d frames and says of %d what they are about"
                    .formatted(frames, groups.size()));
        }
        return groups.stream().map(own -> new FrameGroups(shared, own)).toList();
    }

    Optional<Integer> segment() {
        return group(Tags.SEGMENT_IDENTIFICATION_SEQUENCE)
                .flatMap(item -> item.integer(Tags.REFERENCED_SEGMENT_NUMBER));
    }

    /** Items that name the images that it was made of. */
    List<Dataset> sources() {
        var derivations = own.has(Tags.DERIVATION_IMAGE_SEQUENCE) ? own : shared;
        return derivations.items(Tags.DERIVATION_IMAGE_SEQUENCE).stream()
                .flatMap(derivation -> derivation.items(Tags.SOURCE_IMAGE_SEQUENCE).stream())
                .toList();
    }

    /** Where it lies, if it says all of it. */
    Optional<Plane> plane() {
        var position = numbers(Tags.PLANE_POSITION_SEQUENCE, Tags.IMAGE_POSITION_PATIENT);
        var along = numbers(Tags.PLANE_ORIENTATION_SEQUENCE, Tags.IMAGE_ORIENTATION_PATIENT);
        var spacing = numbers(Tags.PIXEL_MEASURES_SEQUENCE, Tags.PIXEL_SPACING);
        var whole = position.size() == 3
                && along.size() == 6
                && spacing.size() == 2
                && spacing.stream().allMatch(distance -> distance > 0);
        return whole ? Optional.of(new Plane(position, along, spacing)) : Optional.empty();
    }

    private List<Double> numbers(int group, int tag) {
        return group(group).map(item -> item.numbers(tag)).orElse(List.of());
    }

    private Optional<Dataset> group(int tag) {
        return own.item(tag).or(() -> shared.item(tag));
    }
}
