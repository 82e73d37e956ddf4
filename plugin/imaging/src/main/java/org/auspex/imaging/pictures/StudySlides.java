package org.auspex.imaging.pictures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.pixels.Slide;
import org.auspex.imaging.pixels.SlidePlace;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;

/**
 * The slides of a study, looked at together. Tissue is looked for on a small picture of each; then only the tiles that are shown are decoded,
 * one after another. Of more than a network is shown, each slide gives its share.
 */
final class StudySlides implements TiledImage {

    private final PictureReader reader;
    private final List<Lying> slides;
    private Optional<List<Seen>> seen = Optional.empty();

    /** @param slides at least one */
    StudySlides(PictureReader reader, List<Lying> slides) {
        this.reader = reader;
        this.slides = List.copyOf(slides);
    }

    /**
     * A slide in an archive.
     *
     * @param series its Series Instance UID
     */
    record Lying(String series, StudyPicture.Place place) {}

    /** What is needed of a slide to say where a network looked. */
    record Seen(SlideOverview overview, Slide.Level largest, Optional<SlidePlace> place) {}

    /** A square of one of the slides. */
    private record Spot(int slide, SlideGrid.Cell cell) {}

    @Override
    public Tiles tiles(Tiling tiling) {
        return reader.slides(places(), opened -> read(opened, tiling));
    }

    private List<StudyPicture.Place> places() {
        return slides.stream().map(Lying::place).toList();
    }

    private synchronized List<Seen> seen(List<Slide> opened) throws IOException {
        if (seen.isEmpty()) {
            var all = new ArrayList<Seen>();
            for (int i = 0; i < opened.size(); i++) {
                var slide = opened.get(i);
                all.add(named(
                        i,
                        () -> new Seen(SlideOverview.of(slide), slide.levels().get(0), slide.place())));
            }
            seen = Optional.of(all);
        }
        return seen.get();
    }

    private Tiles read(List<Slide> opened, Tiling tiling) throws IOException {
        var overviews = seen(opened);
        var grids = new ArrayList<SlideGrid>();
        var spots = new ArrayList<Spot>();
        var tissue = new ArrayList<Integer>();
        for (int i = 0; i < opened.size(); i++) {
            var slide = i;
            var grid = named(i, () -> SlideGrid.of(opened.get(slide), tiling));
            var cells = grid.tissue(overviews.get(i).overview(), tiling.tissue());
            cells.forEach(cell -> spots.add(new Spot(slide, cell)));
            tissue.add(cells.size());
            grids.add(grid);
        }
        if (spots.isEmpty()) {
            throw noTissue(grids, tiling);
        }
        var places = new ArrayList<Tiles.Tile>();
        var pixels = new ArrayList<int[]>();
        for (var spot : evenly(spots, tiling.most())) {
            var grid = grids.get(spot.slide());
            places.add(grid.tile(spot.slide(), spot.cell()));
            pixels.add(grid.pixels(opened.get(spot.slide()), spot.cell(), tiling.size()));
        }
        return new Tiles(tiling.size(), places, pixels, tissue);
    }

    private static SlideUnusable noTissue(List<SlideGrid> grids, Tiling tiling) {
        return new SlideUnusable(
                "%s no tissue: none of %d tiles of %d micrometres is stained on at least %.0f %% of its area"
                        .formatted(
                                grids.size() == 1 ? "the slide shows" : "the %d slides show".formatted(grids.size()),
                                grids.stream().mapToInt(SlideGrid::count).sum(),
                                Math.round(tiling.size() * tiling.micrometres()),
                                100 * tiling.tissue().share()));
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

    /** What is done with one slide. */
    private interface OfOne<T> {
        T get() throws IOException;
    }

    /** Of several, says which one nothing can be said about. */
    private <T> T named(int slide, OfOne<T> what) throws IOException {
        try {
            return what.get();
        } catch (SlideUnusable e) {
            throw slides.size() == 1
                    ? e
                    : new SlideUnusable("slide %d of %d (series %s): %s"
                            .formatted(
                                    slide + 1, slides.size(), slides.get(slide).series(), e.getMessage()));
        }
    }

    @Override
    public List<Sighting> sightings(Attention attention) {
        var known = known();
        return IntStream.range(0, slides.size())
                .mapToObj(i -> (Sighting) new SlideSighting(attention, i, name(i), known.get(i)))
                .toList();
    }

    /** How a slide is told from the others; empty where there is no other. */
    private Optional<String> name(int slide) {
        return slides.size() == 1
                ? Optional.empty()
                : Optional.of("Slide %d of %d (series %s)"
                        .formatted(slide + 1, slides.size(), slides.get(slide).series()));
    }

    private List<Seen> known() {
        synchronized (this) {
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        return reader.slides(places(), this::seen);
    }
}
