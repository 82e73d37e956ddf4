package org.auspex.imaging.pixels;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/** What enhanced objects say about single frames (DICOM PS3.3, C.7.6.16), and others about all. */
record FunctionalGroups(Dataset object) {

    /** The item of a macro's sequence for a frame, from 1: its own, or that which all share. */
    Optional<Dataset> macro(int frame, int sequence) {
        var each = object.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        Optional<Dataset> own = frame <= each.size() ? each.get(frame - 1).item(sequence) : Optional.empty();
        return own.or(
                () -> object.item(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).flatMap(shared -> shared.item(sequence)));
    }

    /** Where attributes of a macro are: in its sequence, or, in objects without such, beside all others. */
    Dataset holder(int frame, int sequence) {
        return macro(frame, sequence).orElse(object);
    }
}
