package org.auspex.imaging.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.overlay.HeatMap;
import org.auspex.imaging.pixels.SlidePlace;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Tiles;

/**
 * Where on a slide a network looked: those of the tiles that counted most of all slides, by their place, and a picture. Nothing is kept in the
 * archive.
 *
 * @param slide which of the slides, from 0
 * @param name how it is told from the others; empty where there is no other
 */
record SlideSighting(Attention attention, int slide, Optional<String> name, StudySlides.Seen seen) implements Sighting {

    private static final int NAMED = 5;

    @Override
    public List<Measure> measures() {
        return List.of();
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(name.map(this::ofSeveral).orElseGet(() -> "Looked at " + shown()));
        top().forEach(index -> words.add(named(index)));
        return words;
    }

    private String ofSeveral(String slide) {
        var share = here().mapToDouble(index -> attention.weights().get(index)).sum();
        return String.format(
                Locale.ROOT, "%s, with %.1f %% of the attention: looked at %s", slide, 100 * share, shown());
    }

    private String shown() {
        return "%d of %d tiles with tissue%s"
                .formatted(
                        here().count(),
                        attention.tissue().get(slide),
                        here().mapToObj(attention.tiles()::get)
                                .findFirst()
                                .map(tile -> ", each %d x %d pixels of the slide's %d x %d"
                                        .formatted(
                                                tile.side(),
                                                tile.side(),
                                                seen.largest().columns(),
                                                seen.largest().rows()))
                                .orElse(""));
    }

    /** The tiles of this slide. */
    private IntStream here() {
        return IntStream.range(0, attention.tiles().size())
                .filter(index -> attention.tiles().get(index).slide() == slide);
    }

    /** Those on this slide of the tiles that counted most on all. */
    private List<Integer> top() {
        return IntStream.range(0, attention.tiles().size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer index) -> -attention.weights().get(index)))
                .limit(NAMED)
                .filter(index -> attention.tiles().get(index).slide() == slide)
                .toList();
    }

    private String named(int index) {
        var tile = attention.tiles().get(index);
        return String.format(
                Locale.ROOT,
                "%.1f %% of the attention on the tile at column %d, row %d%s%s",
                100 * attention.weights().get(index),
                tile.column() + 1,
                tile.row() + 1,
                seen.place().map(on -> onGlass(on, tile)).orElse(""),
                name.map(of -> " of slide %d".formatted(slide + 1)).orElse(""));
    }

    /** The middle of the tile. */
    private static String onGlass(SlidePlace place, Tiles.Tile tile) {
        var half = (tile.side() - 1) / 2.0;
        var at = place.millimetres(tile.column() + half, tile.row() + half);
        return String.format(Locale.ROOT, " (x %.3f mm, y %.3f mm on the slide)", at[0], at[1]);
    }

    /** On all slides the same colour means the same attention. */
    @Override
    public Optional<byte[]> overlay() {
        var overview = seen.overview();
        var largest = seen.largest();
        var picture = new HeatMap(overview.columns(), overview.rows(), overview.rgb());
        var highest = attention.weights().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        here().forEach(index -> {
            var tile = attention.tiles().get(index);
            picture.square(
                    scale(tile.column(), overview.columns(), largest.columns()),
                    scale(tile.row(), overview.rows(), largest.rows()),
                    Math.max(1, scale(tile.side(), overview.columns(), largest.columns())),
                    attention.weights().get(index) / highest);
        });
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
