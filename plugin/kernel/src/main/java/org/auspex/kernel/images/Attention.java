package org.auspex.kernel.images;

import java.util.List;

/**
 * How much each tile of slides counted in what a network said.
 *
 * @param tissue how many tiles of each slide show tissue; the network may have been shown fewer
 * @param weights one for each tile, from 0, that add up to 1
 */
public record Attention(TiledImage image, List<Tiles.Tile> tiles, List<Integer> tissue, List<Double> weights) {

    private static final double ROUNDING = 1e-3;

    /** @throws IllegalArgumentException if these are no weights of these tiles */
    public Attention {
        tiles = List.copyOf(tiles);
        tissue = List.copyOf(tissue);
        weights = List.copyOf(weights);
        var sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (weights.size() != tiles.size()
                || weights.stream().anyMatch(weight -> !(weight >= 0))
                || !(Math.abs(sum - 1) < ROUNDING)) {
            throw new IllegalArgumentException("%d weights of %d tiles, which add up to %s, are no attention"
                    .formatted(weights.size(), tiles.size(), sum));
        }
    }
}
