package org.auspex.imaging.corrections;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Kind;

/**
 * A Segmentation as its header describes it.
 *
 * @param uid its SOP Instance UID
 * @param named SOP Instance UIDs of the objects that it refers to
 */
record Described(String uid, Set<String> named, List<Part> parts) {

    private static final Set<String> CLASSES = Set.of(Kind.SEGMENTATION.sopClass, Kind.LABEL_MAP.sopClass);

    Described {
        named = Set.copyOf(named);
        parts = List.copyOf(parts);
    }

    /**
     * A segment.
     *
     * @param trackingUid what makes it the same finding as that of another object
     * @param automatic whether a program made it and nobody changed it
     */
    record Part(int number, String label, Optional<Code> type, Optional<String> trackingUid, boolean automatic) {

        static Part of(Dataset item) {
            var number = item.integer(Tags.SEGMENT_NUMBER).orElse(0);
            return new Part(
                    number,
                    item.string(Tags.SEGMENT_LABEL).orElse("Segment " + number),
                    item.item(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).flatMap(Code::read),
                    item.string(Tags.TRACKING_UID),
                    item.string(Tags.SEGMENT_ALGORITHM_TYPE).equals(Optional.of("AUTOMATIC")));
        }

        /** What kind of thing it is: its code, or its label where it has none. */
        String kind() {
            return type.map(code -> code.scheme() + "|" + code.value()).orElse(label);
        }
    }

    /** Empty for other objects, and for probabilities, which are no masks. */
    static Optional<Described> of(Dataset header) {
        var uid = header.string(Tags.SOP_INSTANCE_UID);
        return header.string(Tags.SOP_CLASS_UID).filter(CLASSES::contains).isPresent()
                        && !header.string(Tags.SEGMENTATION_TYPE).equals(Optional.of("FRACTIONAL"))
                ? uid.map(known -> new Described(
                        known,
                        named(header),
                        header.items(Tags.SEGMENT_SEQUENCE).stream()
                                .map(Part::of)
                                .toList()))
                : Optional.empty();
    }

    private static Set<String> named(Dataset header) {
        var named = new HashSet<String>();
        header.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.items(Tags.REFERENCED_INSTANCE_SEQUENCE).stream())
                .forEach(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(named::add));
        Stream.concat(
                        header.items(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).stream(),
                        header.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).stream())
                .flatMap(groups -> groups.items(Tags.DERIVATION_IMAGE_SEQUENCE).stream())
                .flatMap(derivation -> derivation.items(Tags.SOURCE_IMAGE_SEQUENCE).stream())
                .forEach(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(named::add));
        header.items(Tags.SOURCE_IMAGE_SEQUENCE)
                .forEach(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(named::add));
        return named;
    }

    /** Whether a person made or changed any of it. */
    boolean isOfAPerson() {
        return parts.stream().anyMatch(part -> !part.automatic());
    }

    /** Whether it is about what a model's is about: the same images, that object itself, or the same finding. */
    boolean isAbout(Described model) {
        return named.contains(model.uid())
                || named.stream().anyMatch(model.named()::contains)
                || parts.stream().anyMatch(part -> model.parts().stream().anyMatch(other -> isTracked(part, other)));
    }

    static boolean isTracked(Part one, Part other) {
        return one.trackingUid().isPresent() && one.trackingUid().equals(other.trackingUid());
    }
}
