package org.auspex.kernel.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.LabelledPicture;

/** Where it is kept what people marked on the images of studies. */
@FunctionalInterface
public interface LabelSource {

    /**
     * The images of a study that somebody marked something on.
     *
     * @return at least one
     * @throws ImageRefused if there are none, or they cannot be read or understood, and why
     */
    List<LabelledPicture> labelled(Wish wish);

    /**
     * Which marks.
     *
     * @param images that a model looks at
     * @param segment the label or number of the segments that are meant; empty = there is but one label
     * @param segmentations SOP Instance UIDs of the objects that are meant, also if a machine made them; of a study that none of
     *     them belongs to, all that a person made
     */
    record Wish(PictureSource.Wish images, Optional<String> segment, Set<String> segmentations) {
        public Wish {
            segmentations = Set.copyOf(segmentations);
        }
    }
}
