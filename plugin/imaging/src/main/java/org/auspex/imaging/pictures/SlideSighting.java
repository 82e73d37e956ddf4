package org.auspex.imaging.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.overlay.HeatMap;
import org.auspex.imaging.pixels.Slide;
import org.auspex.imaging.pixels.SlidePlace;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Tiles;

/** Where on a slide a network looked: the tiles that counted most, by their place, and a picture. Nothing is kept in the archive. */
record SlideSighting(Attention attention, SlideOverview overview, Slide.Level largest, Optional<SlidePlace> place)
        implements Sighting {

    private static final int NAMED = 5;

    @Override
    public List<Measure> measures() {
        return List.of();
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add("Looked at %d of %d tiles with tissue, each %d x %d pixels of the slide's %d x %d"
                .formatted(
                        attention.tiles().size(),
                        attention.tissue(),
                        attention.tiles().get(0).side(),
                        attention.tiles().get(0).side(),
                        largest.columns(),
                        largest.rows()));
        top().forEach(index -> words.add(named(index)));
        return words;
    }

    private List<Integer> top() {
        return IntStream.range(0, attention.tiles().size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer index) -> -attention.weights().get(index)))
                .limit(NAMED)
                .toList();
    }

    private String named(int index) {
        var tile = attention.tiles().get(index);
        return String.format(
                Locale.ROOT,
                "%.1f %% of the attention on the tile at column %d, row %d%s",
                100 * attention.weights().get(index),
                tile.column() + 1,
                tile.row() + 1,
                place.map(on -> onGlass(on, tile)).orElse(""));
    }

    /** The middle of the tile. */
    private static String onGlass(SlidePlace place, Tiles.Tile tile) {
        var half = (tile.side() - 1) / 2.0;
        var at = place.millimetres(tile.column() + half, tile.row() + half);
        return String.format(Locale.ROOT, " (x %.3f mm, y %.3f mm on the slide)", at[0], at[1]);
    }

    @Override
    public Optional<byte[]> overlay() {
        var picture = new HeatMap(overview.columns(), overview.rows(), overview.rgb());
        var highest = attention.weights().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        for (int i = 0; i < attention.tiles().size(); i++) {
            var tile = attention.tiles().get(i);
            picture.square(
                    scale(tile.column(), overview.columns(), largest.columns()),
                    scale(tile.row(), overview.rows(), largest.rows()),
                    Math.max(1, scale(tile.side(), overview.columns(), largest.columns())),
                    attention.weights().get(i) / highest);
        }
        return Optional.of(picture.png());
    }

    private static int scale(int place, int to, int of) {
        return (int) Math.round((double) place * to / of);
    }

    @Override
    public Optional<byte[]> uncertainty() {
        return Optional.empty();
    }

    @Override
    public List<Stored> objects() {
        return List.of();
    }

    @Override
    public void keep() {
        // There is nothing to keep: what is said stands in the report.
    }
}
