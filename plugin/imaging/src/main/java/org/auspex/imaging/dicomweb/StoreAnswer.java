package org.auspex.imaging.dicomweb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;

/** What an archive says became of the objects that it was sent (PS3.18, table 10.5.3-2). */
final class StoreAnswer {

    private final Set<String> kept = new HashSet<>();
    private final Map<String, Integer> failed = new HashMap<>();

    StoreAnswer(Dataset answer) {
        for (var item : answer.items(Tags.REFERENCED_SOP_SEQUENCE)) {
            item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(kept::add);
        }
        for (var item : answer.items(Tags.FAILED_SOP_SEQUENCE)) {
            item.string(Tags.REFERENCED_SOP_INSTANCE_UID)
                    .ifPresent(uid ->
                            failed.put(uid, item.integer(Tags.FAILURE_REASON).orElse(Stored.Reason.PROCESSING)));
        }
    }

    Stored about(DicomObject object) {
        var uid = object.sopInstanceUid();
        if (kept.contains(uid)) {
            return new Stored.Kept(object.sopClassUid(), InstanceUids.of(object.dataset()));
        }
        var reason = failed.get(uid);
        return new Stored.Refused(
                Optional.of(object.sopClassUid()),
                Optional.of(uid),
                reason == null ? Stored.Reason.PROCESSING : reason,
                reason == null
                        ? "The archive does not say what became of it"
                        : "The archive refused it with failure reason %04X".formatted(reason));
    }
}
