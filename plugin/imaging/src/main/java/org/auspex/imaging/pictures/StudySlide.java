package org.auspex.imaging.pictures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.pixels.Slide;
import org.auspex.imaging.pixels.SlidePlace;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;

/**
 * A slide of a study. Tissue is looked for on a small picture of it; then only the tiles that are shown are decoded, one after
 * another.
 */
final class StudySlide implements TiledImage {

    private final StudyPicture.Place place;
    private Optional<Seen> seen = Optional.empty();

    StudySlide(StudyPicture.Place place) {
        this.place = place;
    }

    /** What is needed of it to say where a network looked. */
    private record Seen(SlideOverview overview, Slide.Level largest, Optional<SlidePlace> place) {}

    @Override
    public Tiles tiles(Tiling tiling) {
        return place.reader().slide(place, slide -> read(slide, tiling));
    }

    private synchronized Seen seen(Slide slide) throws IOException {
        if (seen.isEmpty()) {
            seen = Optional.of(new Seen(SlideOverview.of(slide), slide.levels().get(0), slide.place()));
        }
        return seen.get();
    }

    private Tiles read(Slide slide, Tiling tiling) throws IOException {
        var grid = SlideGrid.of(slide, tiling);
        var tissue = grid.tissue(seen(slide).overview(), tiling.tissue());
        if (tissue.isEmpty()) {
            throw new SlideUnusable(
                    "the slide shows no tissue: none of its %d tiles of %d micrometres is stained on at least %.0f %% of its area"
                            .formatted(
                                    grid.count(),
                                    Math.round(tiling.size() * tiling.micrometres()),
                                    100 * tiling.tissue().share()));
        }
        var shown = evenly(tissue, tiling.most());
        var places = new ArrayList<Tiles.Tile>();
        var pixels = new ArrayList<int[]>();
        for (var cell : shown) {
            places.add(grid.tile(cell));
            pixels.add(grid.pixels(slide, cell, tiling.size()));
        }
        return new Tiles(tiling.size(), places, pixels, tissue.size());
    }

    private static <T> List<T> evenly(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        var some = new ArrayList<T>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * all.size() / most)));
        }
        return some;
    }

    @Override
    public Sighting sighting(Attention attention) {
        var known = known();
        return new SlideSighting(attention, known.overview(), known.largest(), known.place());
    }

    private Seen known() {
        synchronized (this) {
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        return place.reader().slide(place, this::seen);
    }
}
