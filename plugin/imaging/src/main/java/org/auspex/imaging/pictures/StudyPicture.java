package org.auspex.imaging.pictures;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;

/** One image of a study, or the slices of a series. It is read once, when it is first looked at. */
final class StudyPicture implements Picture {

    private final String name;
    private final Place place;
    private final int frame;
    private Optional<ImageSeries> read = Optional.empty();

    /**
     * Where it lies, and who reads it.
     *
     * @param form of what is kept beside it
     */
    record Place(Archive archive, List<InstanceUids> instances, PictureReader reader, Form form) {
        Place {
            instances = List.copyOf(instances);
        }
    }

    /**
     * @param frame from 1; 0 = all slices as one image
     */
    StudyPicture(String name, Place place, int frame) {
        this.name = name;
        this.place = place;
        this.frame = frame;
    }

    StudyPicture numbered(int number, int of) {
        return new StudyPicture("%s %d of %d".formatted(name, number, of), place, frame);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Volume volume() {
        return series().volume();
    }

    @Override
    public Sighting sighting(Marking marking, Maker maker) {
        return StudySighting.of(series(), marking, maker, place);
    }

    private synchronized ImageSeries series() {
        if (read.isEmpty()) {
            read = Optional.of(place.reader().read(place, frame));
        }
        return read.get();
    }
}
