package org.auspex.imaging.measures;

/** Middle and second moments of a lesion, in pixels; a pixel is a square of one pixel, not a point. */
record Moments(double row, double column, double xx, double yy, double xy) {

    static Moments of(Lesion lesion) {
        var columns = lesion.columns();
        var row = lesion.mask().stream().mapToDouble(i -> i / columns).average().orElseThrow();
        var column =
                lesion.mask().stream().mapToDouble(i -> i % columns).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = lesion.mask().nextSetBit(0); i >= 0; i = lesion.mask().nextSetBit(i + 1)) {
            var x = i % columns - column;
            var y = i / columns - row;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        var pixels = lesion.mask().cardinality();
        return new Moments(row, column, xx / pixels + 1 / 12.0, yy / pixels + 1 / 12.0, xy / pixels);
    }

    private double middle() {
        return (xx + yy) / 2;
    }

    private double half() {
        return Math.hypot((xx - yy) / 2, xy);
    }

    double axes() {
        return Math.sqrt((middle() + half()) / Math.max(middle() - half(), 1e-3));
    }

    double flat() {
        return Math.sqrt(xx / yy);
    }

    double longAxis() {
        return 4 * Math.sqrt(middle() + half());
    }

    /** Intersection over union with the ellipse. */
    double overlap(Lesion lesion) {
        long both = 0;
        long either = 0;
        for (int i = 0; i < lesion.image().length; i++) {
            var in = contains(i / lesion.columns(), i % lesion.columns());
            var of = lesion.mask().get(i);
            both += in && of ? 1 : 0;
            either += in || of ? 1 : 0;
        }
        return (double) both / Math.max(either, 1);
    }

    private boolean contains(int atRow, int atColumn) {
        var x = atColumn - column;
        var y = atRow - row;
        var determinant = Math.max(xx * yy - xy * xy, 1e-6);
        return (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant <= 4;
    }
}
