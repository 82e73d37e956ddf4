package org.auspex.imaging.pixels;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;

/**
 * The frames of one object, counted from 1. Each is read and decoded when it is asked for, and none is kept.
 *
 * <p>Arrays lie row by row from the upper left. Bright means much: what is stored as MONOCHROME1 is turned round.
 */
public final class Frames {

    private final Dataset object;
    private final Layout layout;
    private final Decoding decoding;
    private final Planes planes;

    Frames(Dataset object, Layout layout, Decoding decoding) {
        this.object = object;
        this.layout = layout;
        this.decoding = decoding;
        this.planes = new Planes(object);
    }

    public int count() {
        return layout.frames();
    }

    public int rows() {
        return layout.rows();
    }

    public int columns() {
        return layout.columns();
    }

    public boolean isColour() {
        return layout.isColour();
    }

    /** What a finding in a frame would refer to. */
    public SourceFrame source(int number) {
        layout.requireFrame(number);
        return new SourceFrame(
                object, number, layout.rows(), layout.columns(), planes.plane(number), planes.spacing(number));
    }

    /**
     * Values of the modality, such as Hounsfield units; of colour its luminance, 0 to 255.
     *
     * @throws DicomRefused if the frame cannot be decoded
     */
    public float[] grey(int number) throws IOException {
        if (layout.isColour()) {
            return luminance(number);
        }
        var samples = samples(number);
        var modality = Modality.of(object, number, layout.signed());
        var values = modality.apply(samples);
        if (isInverted()) {
            double ends = modality.value(samples.lowest()) + modality.value(samples.highest());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (ends - values[i]);
            }
        }
        return values;
    }

    /**
     * Stored values, without what a modality makes of them: the labels or bits of a segmentation.
     *
     * @throws DicomRefused if the frame cannot be decoded
     */
    public int[] stored(int number) throws IOException {
        var samples = samples(number);
        var stored = new int[(int) layout.pixels() * layout.samples()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (int) samples.at(i);
        }
        return stored;
    }

    /**
     * Red, green and blue as {@code 0xRRGGBB}; of grey what its window shows.
     *
     * @throws DicomRefused if the frame cannot be decoded
     */
    public int[] rgb(int number) throws IOException {
        if (layout.isColour()) {
            return Colours.rgb(samples(number), object);
        }
        var values = Modality.of(object, number, layout.signed()).apply(samples(number));
        var voi = Voi.of(object, number, values, layout.signed());
        var rgb = new int[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (int) Math.round(voi.shown(values[i]) * 255) * 0x010101;
        }
        for (int i = 0; isInverted() && i < rgb.length; i++) {
            rgb[i] ^= 0xFFFFFF;
        }
        return rgb;
    }

    /**
     * A picture of a frame as a viewer shows it at first.
     *
     * @throws DicomRefused if the frame cannot be decoded
     */
    public BufferedImage picture(int number) throws IOException {
        var picture = new BufferedImage(layout.columns(), layout.rows(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, layout.columns(), layout.rows(), rgb(number), 0, layout.columns());
        return picture;
    }

    private Samples samples(int number) throws IOException {
        layout.requireFrame(number);
        return decoding.frame(number);
    }

    private boolean isInverted() {
        return layout.photometric().equals("MONOCHROME1");
    }

    private float[] luminance(int number) throws IOException {
        var rgb = Colours.rgb(samples(number), object);
        var grey = new float[rgb.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = Colours.grey(rgb[i]);
        }
        return grey;
    }
}
