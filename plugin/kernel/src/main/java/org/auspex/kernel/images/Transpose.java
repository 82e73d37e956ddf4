package org.auspex.kernel.images;

import java.util.List;
import java.util.Optional;

/** Exchanges the axes of a picture: {@code [x][y]}, as DICOM's geometry counts, becomes rows of pixels, as most networks of pictures learn. */
public record Transpose() implements Step {

    @Override
    public Optional<Step> forMask() {
        return Optional.of(this);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        image.requireRank("transpose", List.of(2));
        trail.note((prediction, nearest) -> exchanged(prediction));
        return exchanged(image);
    }

    private static Volume exchanged(Volume image) {
        var grid = image.grid();
        var first = grid.size(0);
        var second = grid.size(1);
        var affine = grid.affine()
                .with(
                        0,
                        grid.affine().column(1)[0],
                        grid.affine().column(1)[1],
                        grid.affine().column(1)[2])
                .with(
                        1,
                        grid.affine().column(0)[0],
                        grid.affine().column(0)[1],
                        grid.affine().column(0)[2]);
        var result = image.blank(image.channels(), new Grid(List.of(second, first), affine));
        for (int channel = 0; channel < image.channels(); channel++) {
            var base = channel * first * second;
            for (int i = 0; i < first; i++) {
                for (int j = 0; j < second; j++) {
                    result.values()[base + j * first + i] = image.values()[base + i * second + j];
                }
            }
        }
        return result;
    }
}
