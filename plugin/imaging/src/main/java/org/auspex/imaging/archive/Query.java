package org.auspex.imaging.archive;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.dicom.Uid;

/**
 * A search, as QIDO-RS has it (PS3.18, 10.6).
 *
 * @param study only within this one
 * @param series only within this one
 * @param matching tags, and what they must match (PS3.4, C.2.2.2): one value, several UIDs with commas between them, a text
 *     with {@code *} and {@code ?}, a range of dates or times with a hyphen; empty matches everything
 * @param page which of the results
 * @param include what is told of each beside the usual attributes
 */
public record Query(
        Level level,
        Optional<Uid> study,
        Optional<Uid> series,
        Map<Integer, String> matching,
        Page page,
        Include include) {

    public Query {
        matching = Map.copyOf(matching);
    }

    /**
     * @param offset results that are passed over
     * @param limit results at most
     */
    public record Page(int offset, int limit) {

        public static final Page FIRST = new Page(0, 1000);
    }

    /**
     * @param all everything that is known at the level
     * @param tags these
     */
    public record Include(boolean all, Set<Integer> tags) {

        public static final Include USUAL = new Include(false, Set.of());

        public Include {
            tags = Set.copyOf(tags);
        }
    }

    /** Studies with these attributes. */
    public static Query studies(Map<Integer, String> matching) {
        return new Query(Level.STUDY, Optional.empty(), Optional.empty(), matching, Page.FIRST, Include.USUAL);
    }

    /** The series of a study. */
    public static Query series(Uid study) {
        return new Query(Level.SERIES, Optional.of(study), Optional.empty(), Map.of(), Page.FIRST, Include.USUAL);
    }

    /** The instances of a series. */
    public static Query instances(Uid study, Uid series) {
        return new Query(Level.INSTANCE, Optional.of(study), Optional.of(series), Map.of(), Page.FIRST, Include.USUAL);
    }
}
