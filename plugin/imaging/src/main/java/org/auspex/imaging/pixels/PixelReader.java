package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.Set;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;

/** Opens the pixels of objects. One is enough for a server; threads may share it. */
public final class PixelReader {

    private final PixelLimits limits;
    private final Deadline deadline;

    public PixelReader(PixelLimits limits) {
        this.limits = limits;
        this.deadline = new Deadline(limits.perFrame());
    }

    /** UIDs of the transfer syntaxes whose pixels are always decoded; of another, an archive is better asked for something else. */
    public static Set<String> transferSyntaxes() {
        return TransferSyntax.always();
    }

    /**
     * Looks at what an object says about its pixels; none is decoded yet.
     *
     * @throws DicomRefused if it has none, they are of a kind that is not read, or a frame would be larger than is allowed
     */
    public Frames open(DicomObject object) throws IOException {
        var layout = Layout.of(object.dataset());
        if (layout.memory() > limits.frameBytes()) {
            throw new DicomRefused("A frame of %dx%d pixels takes %d bytes, more than the %d that are allowed"
                    .formatted(layout.columns(), layout.rows(), layout.memory(), limits.frameBytes()));
        }
        return new Frames(object.dataset(), layout, Decoding.of(object, layout, limits, deadline));
    }

    /** How many bytes one decoded frame may take. */
    long mostBytes() {
        return limits.frameBytes();
    }
}
