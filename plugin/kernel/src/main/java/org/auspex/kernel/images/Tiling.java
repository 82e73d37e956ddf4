package org.auspex.kernel.images;

/**
 * How a slide is cut into tiles, and which of them a network is shown.
 *
 * @param size pixels of a side of a tile, as the network takes it
 * @param micrometres of the slide that one of these pixels covers
 * @param most tiles; of more with tissue, this many are taken at even distances
 * @param attention the name of the tensor in which the network says how much each tile counts
 */
public record Tiling(int size, double micrometres, int most, Tissue tissue, String attention) {

    /**
     * What counts as tissue: it is stained, so it has a colour, and the glass around it is bright and grey.
     *
     * @param saturation at least this far from grey, 0 to 1 (the largest of red, green and blue less the smallest, as a share of the
     *     largest)
     * @param brightness at most this bright, 0 to 1 (the largest of red, green and blue)
     * @param share of a tile's pixels that is tissue, or more
     */
    public record Tissue(double saturation, double brightness, double share) {

        private static final double FULL = 255;

        /** Whether a pixel {@code 0xRRGGBB} shows tissue. */
        public boolean isTissue(int rgb) {
            int red = rgb >> 16 & 0xFF;
            int green = rgb >> 8 & 0xFF;
            int blue = rgb & 0xFF;
            int largest = Math.max(red, Math.max(green, blue));
            int smallest = Math.min(red, Math.min(green, blue));
            return largest > 0 && largest <= brightness * FULL && largest - smallest >= saturation * largest;
        }
    }
}
