package org.auspex.imaging.pixels;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/** Reads where a frame lies, and how large its pixels are. */
final class Planes {

    private static final double ROUNDED = 1e-3;
    private static final int CENTIMETRE = 3;
    private static final double MILLIMETRES = 10;

    private final Dataset object;
    private final FunctionalGroups groups;

    Planes(Dataset object) {
        this.object = object;
        this.groups = new FunctionalGroups(object);
    }

    /**
     * Empty if position, orientation or spacing is missing.
     *
     * @throws DicomRefused if there is something, and it is none
     */
    Optional<Plane> plane(int frame) {
        var position = groups.holder(frame, Tags.PLANE_POSITION_SEQUENCE).numbers(Tags.IMAGE_POSITION_PATIENT);
        var along = groups.holder(frame, Tags.PLANE_ORIENTATION_SEQUENCE).numbers(Tags.IMAGE_ORIENTATION_PATIENT);
        var spacing = groups.holder(frame, Tags.PIXEL_MEASURES_SEQUENCE).numbers(Tags.PIXEL_SPACING);
        if (position.isEmpty() || along.isEmpty() || spacing.isEmpty()) {
            return Optional.empty();
        }
        require(position.size() == 3, Tags.IMAGE_POSITION_PATIENT, position);
        require(along.size() == 6 && isOrientation(along), Tags.IMAGE_ORIENTATION_PATIENT, along);
        requireSpacing(Tags.PIXEL_SPACING, spacing);
        return Optional.of(new Plane(position, along, spacing));
    }

    /** Millimetres of pixels, wherever the object says something about them. */
    Optional<SourceFrame.Spacing> spacing(int frame) {
        return spacing(groups.holder(frame, Tags.PIXEL_MEASURES_SEQUENCE), Tags.PIXEL_SPACING)
                .or(this::ofRegions)
                .or(() -> spacing(object, Tags.IMAGER_PIXEL_SPACING))
                .or(() -> spacing(object, Tags.NOMINAL_SCANNED_PIXEL_SPACING));
    }

    private static Optional<SourceFrame.Spacing> spacing(Dataset holder, int tag) {
        var spacing = holder.numbers(tag);
        if (spacing.isEmpty()) {
            return Optional.empty();
        }
        requireSpacing(tag, spacing);
        return Optional.of(new SourceFrame.Spacing(spacing.get(0), spacing.get(1)));
    }

    /** Only if all regions of tissue agree, since a pixel of the frame is to have one size. */
    private Optional<SourceFrame.Spacing> ofRegions() {
        var sizes = object.items(Tags.SEQUENCE_OF_ULTRASOUND_REGIONS).stream()
                .filter(region -> region.integer(Tags.REGION_SPATIAL_FORMAT).orElse(0) == 1)
                .map(Planes::ofRegion)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return sizes.size() == 1 ? Optional.of(sizes.get(0)) : Optional.empty();
    }

    private static Optional<SourceFrame.Spacing> ofRegion(Dataset region) {
        var across = region.number(Tags.PHYSICAL_DELTA_X).map(Math::abs).filter(delta -> delta > 0);
        var down = region.number(Tags.PHYSICAL_DELTA_Y).map(Math::abs).filter(delta -> delta > 0);
        var inCentimetres = region.integer(Tags.PHYSICAL_UNITS_X_DIRECTION).orElse(0) == CENTIMETRE
                && region.integer(Tags.PHYSICAL_UNITS_Y_DIRECTION).orElse(0) == CENTIMETRE;
        return inCentimetres && across.isPresent() && down.isPresent()
                ? Optional.of(new SourceFrame.Spacing(down.get() * MILLIMETRES, across.get() * MILLIMETRES))
                : Optional.empty();
    }

    private static void requireSpacing(int tag, List<Double> spacing) {
        require(spacing.size() == 2 && spacing.get(0) > 0 && spacing.get(1) > 0, tag, spacing);
    }

    private static void require(boolean holds, int tag, List<Double> numbers) {
        if (!holds) {
            throw new DicomRefused("%s is %s, which places no image".formatted(Tags.shown(tag), numbers));
        }
    }

    /** Two directions of length one at a right angle. */
    private static boolean isOrientation(List<Double> along) {
        double across = 0;
        double down = 0;
        double both = 0;
        for (int i = 0; i < 3; i++) {
            across += along.get(i) * along.get(i);
            down += along.get(i + 3) * along.get(i + 3);
            both += along.get(i) * along.get(i + 3);
        }
        return Math.abs(across - 1) < ROUNDED && Math.abs(down - 1) < ROUNDED && Math.abs(both) < ROUNDED;
    }
}
