package org.auspex.endpoints.dicomweb;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Uid;

/**
 * What a path below {@code /dicomweb} means.
 *
 * @param instance only with a study and a series
 * @param rest what stands behind the UIDs, such as {@code metadata} or {@code frames/1}; the level that is searched for, if a
 *     path ends with {@code studies}, {@code series} or {@code instances}
 */
record Target(Optional<Uid> study, Optional<Uid> series, Optional<Uid> instance, List<String> rest) {

    private static final List<String> LEVELS = List.of("studies", "series", "instances");

    /** @throws org.auspex.imaging.dicom.DicomRefused if something stands where a UID belongs */
    static Target of(String path) {
        var parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        var uids = new Uid[LEVELS.size()];
        var at = 0;
        for (int level = 0; level < LEVELS.size(); level++) {
            var isNamed = parts.size() >= at + 2 && parts.get(at).equals(LEVELS.get(level));
            if (!isNamed) {
                break;
            }
            uids[level] = new Uid(parts.get(at + 1));
            at += 2;
        }
        return new Target(
                Optional.ofNullable(uids[0]),
                Optional.ofNullable(uids[1]),
                Optional.ofNullable(uids[2]),
                parts.subList(at, parts.size()));
    }

    /** The instance that the path names. */
    Optional<InstanceUids> uids() {
        return study.flatMap(one -> series.flatMap(two -> instance.map(three -> new InstanceUids(one, two, three))));
    }

    /** The first word behind the UIDs; empty if there is none. */
    String action() {
        return rest.isEmpty() ? "" : rest.get(0);
    }

    String path() {
        return study.map(uid -> "studies/" + uid + "/").orElse("")
                + series.map(uid -> "series/" + uid + "/").orElse("")
                + instance.map(uid -> "instances/" + uid + "/").orElse("")
                + String.join("/", rest);
    }
}
