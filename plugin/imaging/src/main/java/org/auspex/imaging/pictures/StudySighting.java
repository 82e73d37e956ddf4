package org.auspex.imaging.pictures;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.overlay.ColourMap;
import org.auspex.imaging.overlay.Overlay;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Uids;
import org.auspex.imaging.results.report.Measured;
import org.auspex.imaging.results.report.Reports;
import org.auspex.imaging.results.segmentation.ParametricMaps;
import org.auspex.imaging.results.segmentation.Quantity;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Sighting;

/** What was marked on a picture, made into objects, measures and words. Where nothing was marked there are none. */
final class StudySighting implements Sighting {

    private final ImageSeries image;
    private final List<Finding> findings;
    private final Optional<Raster> doubt;
    private final Draft draft;
    private final StudyPicture.Place place;
    private final List<DicomObject> objects;

    private StudySighting(
            ImageSeries image, List<Finding> findings, Optional<Raster> doubt, Draft draft, StudyPicture.Place place) {
        this.image = image;
        this.findings = findings;
        this.doubt = doubt;
        this.draft = draft;
        this.place = place;
        this.objects = findings.isEmpty() ? List.of() : made();
    }

    static StudySighting of(ImageSeries image, Marking marking, Maker maker, StudyPicture.Place place) {
        var findings = new ArrayList<Finding>();
        for (var mark : marking.marks()) {
            Finding.of(image, mark, maker.seed(), findings.size() + 1).ifPresent(findings::add);
        }
        var algorithm =
                new Algorithm(maker.model(), maker.version(), "Auspex", Uids.of(maker.model() + "|" + maker.version()));
        var at = LocalDateTime.ofInstant(maker.at(), ZoneId.systemDefault());
        return new StudySighting(
                image,
                List.copyOf(findings),
                marking.uncertainty().map(volume -> Raster.of(volume, 0)),
                new Draft(image.slices(), algorithm, maker.title(), maker.seed(), at),
                place);
    }

    private List<DicomObject> made() {
        var segmentation = Segmentations.binary(
                draft,
                findings.stream()
                        .map(finding -> new Segmented<>(finding.segment(), finding.mask()))
                        .toList());
        var measured = findings.stream()
                .map(finding -> new Measured(
                        finding.segment().tracking(),
                        finding.segment().type(),
                        Optional.empty(),
                        finding.extent().measurements(),
                        finding.evaluations()))
                .toList();
        var made = new ArrayList<>(List.of(
                segmentation, Reports.of(draft, Optional.of(segmentation.dataset()), measured, Reports.ENGLISH)));
        // Without a place in the patient there is no Parametric Map; the picture of it is in the report.
        doubt.filter(raster -> draft.source().get(0).plane().isPresent())
                .ifPresent(raster -> made.add(ParametricMaps.of(draft, raster, Quantity.UNCERTAINTY)));
        return List.copyOf(made);
    }

    @Override
    public List<Measure> measures() {
        return findings.stream().flatMap(finding -> finding.measures().stream()).toList();
    }

    @Override
    public List<String> words() {
        return findings.stream().flatMap(finding -> finding.words().stream()).toList();
    }

    @Override
    public Optional<byte[]> overlay() {
        return findings.stream()
                .findFirst()
                .map(finding -> Overlay.png(
                        Shown.frame(image, finding.extent().frame()),
                        findings.stream().map(Finding::mask).toList(),
                        finding.extent().frame()));
    }

    @Override
    public Optional<byte[]> uncertainty() {
        var frame = findings.isEmpty() ? 0 : findings.get(0).extent().frame();
        return doubt.map(raster -> ColourMap.png(raster, frame, 0, 1));
    }

    @Override
    public List<Stored> objects() {
        return objects.stream()
                .map(object ->
                        new Stored(title(object.dataset()), place.archive().url(InstanceUids.of(object.dataset()))))
                .toList();
    }

    private static String title(Dataset object) {
        return "DICOM "
                + object.string(Tags.MODALITY).orElse("object")
                + object.string(Tags.SERIES_DESCRIPTION)
                        .map(text -> ", " + text)
                        .orElse("");
    }

    @Override
    public void keep() {
        if (!objects.isEmpty()) {
            place.reader().store(objects, place.archive());
        }
    }
}
