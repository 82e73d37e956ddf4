package org.auspex.kernel.images;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * What a network marked on a picture.
 *
 * @param marks one for each kind of thing that it looks for, found or not
 * @param uncertainty entropy in bits of what is marked, 0 (certain) to 1 (even odds) for each voxel of the picture; empty where the
 *     network does not say
 * @param chances what it says about the picture as a whole
 */
public record Marking(Picture picture, List<Mark> marks, Optional<Volume> uncertainty, List<Chance> chances) {

    public Marking {
        marks = List.copyOf(marks);
        chances = List.copyOf(chances);
    }

    /**
     * One kind of thing.
     *
     * @param name as the card calls it
     * @param display the same in words
     * @param code SNOMED CT, for what it is
     * @param mask one channel in the grid of the picture, 1 where it is
     */
    public record Mark(String name, String display, Optional<Code> code, Volume mask) {}

    /**
     * How likely something is.
     *
     * @param name as the card calls it
     * @param display the same in words
     * @param probability 0 to 1
     */
    public record Chance(String name, String display, double probability) {}
}
