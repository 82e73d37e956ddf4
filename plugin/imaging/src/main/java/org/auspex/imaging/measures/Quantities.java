package org.auspex.imaging.measures;

import java.util.BitSet;

/**
 * The numbers behind the words.
 *
 * @param axes ratio of the axes of the ellipse with the lesion's moments
 * @param ellipse overlap of the lesion with that ellipse: intersection over union
 * @param flat width over height, by the moments
 * @param size long axis of that ellipse over the width of the scan
 * @param edge step of grey over the edge, over the mean spread of grey on both sides
 * @param echo mean grey inside over mean grey around
 * @param texture spread of grey inside over its mean
 * @param posterior mean grey behind the lesion over that beside it; 1 where there is too little to tell
 */
record Quantities(
        double axes,
        double ellipse,
        double flat,
        double size,
        double edge,
        double echo,
        double texture,
        double posterior) {

    private static final double LEAST_GREY = 0.02;
    private static final int ENOUGH = 20;

    static Quantities of(Lesion lesion) {
        var grey = new Grey(lesion.image());
        var areas = new Areas(lesion);
        var moments = Moments.of(lesion);
        var inside = grey.mean(lesion.mask());
        return new Quantities(
                moments.axes(),
                moments.overlap(lesion),
                moments.flat(),
                moments.longAxis() / across(lesion),
                edge(grey, areas),
                inside / Math.max(grey.mean(areas.around()), LEAST_GREY),
                grey.spread(lesion.mask()) / Math.max(inside, LEAST_GREY),
                posterior(grey, areas));
    }

    private static double edge(Grey grey, Areas areas) {
        var inner = areas.inner();
        var outer = areas.outer();
        var step = Math.abs(grey.mean(outer) - grey.mean(inner));
        return step / Math.max(grey.spread(outer) + grey.spread(inner), 1e-3) * 2;
    }

    private static double posterior(Grey grey, Areas areas) {
        var behind = areas.behind();
        var beside = areas.beside();
        return behind.cardinality() > ENOUGH && beside.cardinality() > ENOUGH
                ? grey.mean(behind) / Math.max(grey.mean(beside), LEAST_GREY)
                : 1;
    }

    /** Columns that show the scan. */
    private static int across(Lesion lesion) {
        var columns = new BitSet();
        lesion.valid().stream().forEach(i -> columns.set(i % lesion.columns()));
        return Math.max(columns.cardinality(), 1);
    }
}
