package org.auspex.imaging.pictures;

import java.util.List;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.LabelledPicture;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Volume;

/**
 * An image of an archive with its mask, as bits.
 *
 * @param marked of one frame
 */
record StudyLabel(StudyPicture.Place place, Mask marked) implements LabelledPicture {

    @Override
    public Picture picture() {
        return new StudyPicture("image", place, 1);
    }

    @Override
    public Volume mask() {
        var values = new float[marked.rows() * marked.columns()];
        for (int x = 0; x < marked.columns(); x++) {
            for (int y = 0; y < marked.rows(); y++) {
                values[x * marked.rows() + y] = marked.at(0, y, x) ? 1 : 0;
            }
        }
        var grid = new Grid(List.of(marked.columns(), marked.rows()), Affine.identity());
        return new Volume(1, grid, values, values.length);
    }
}
