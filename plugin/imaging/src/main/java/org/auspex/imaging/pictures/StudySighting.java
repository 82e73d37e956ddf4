package org.auspex.imaging.pictures;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.overlay.ColourMap;
import org.auspex.imaging.overlay.Overlay;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Header;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.Uids;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Sighting;

/** What was marked on a picture, made into objects, measures and words. */
final class StudySighting implements Sighting {

    private final ImageSeries image;
    private final List<Finding> found;
    private final PictureObjects objects;
    private final StudyPicture.Place place;

    private StudySighting(ImageSeries image, PictureObjects objects, StudyPicture.Place place) {
        this.image = image;
        this.found = objects.findings().stream().filter(Finding::isThere).toList();
        this.objects = objects;
        this.place = place;
    }

    static StudySighting of(ImageSeries image, Marking marking, Maker maker, StudyPicture.Place place) {
        var findings = new ArrayList<Finding>();
        for (var mark : marking.marks()) {
            findings.add(Finding.of(image, mark, maker.seed(), findings.size() + 1));
        }
        var algorithm =
                new Algorithm(maker.model(), maker.version(), "Auspex", Uids.of(maker.model() + "|" + maker.version()));
        var at = LocalDateTime.ofInstant(maker.at(), ZoneId.systemDefault());
        var draft = new Draft(image.slices(), algorithm, maker.title(), maker.seed(), at);
        var doubt = marking.uncertainty().map(volume -> Raster.of(volume, 0));
        return new StudySighting(image, new PictureObjects(draft, List.copyOf(findings), doubt, place.form()), place);
    }

    @Override
    public List<Measure> measures() {
        return found.stream().flatMap(finding -> finding.measures().stream()).toList();
    }

    @Override
    public List<String> words() {
        return found.stream().flatMap(finding -> finding.words().stream()).toList();
    }

    @Override
    public Optional<byte[]> overlay() {
        return found.stream()
                .findFirst()
                .map(finding -> Overlay.png(
                        Shown.frame(image, frame()),
                        found.stream().map(Finding::mask).toList(),
                        frame()));
    }

    @Override
    public Optional<byte[]> uncertainty() {
        return objects.doubt().map(raster -> ColourMap.png(raster, frame(), 0, 1));
    }

    /** Where most of the first finding is seen. */
    private int frame() {
        return found.stream()
                .flatMap(finding -> finding.extent().stream())
                .findFirst()
                .map(extent -> extent.frame())
                .orElse(0);
    }

    @Override
    public List<Stored> objects() {
        return kinds().stream()
                .map(kind -> new Stored(
                        "DICOM %s, %s".formatted(kind.modality, Header.description(objects.draft(), kind)),
                        place.archive().url(Header.uids(objects.draft(), kind))))
                .toList();
    }

    /** A network that only says how likely something is marks nothing. */
    private List<Kind> kinds() {
        return objects.findings().isEmpty() ? List.of() : objects.kinds();
    }

    @Override
    public void keep() {
        if (!kinds().isEmpty()) {
            place.reader().store(objects.made(), place.archive());
        }
    }
}
