package org.auspex.imaging.pixels;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Objects made by formulas. */
public final class Examples {

    public static final String EXPLICIT = "1.2.840.10008.1.2.1";
    public static final String RLE = "1.2.840.10008.1.2.5";
    public static final String JPEG = "1.2.840.10008.1.2.4.50";

    private Examples() {}

    /** Grey of 16 bits, 12 of them stored. */
    public static Dataset grey(int columns, int rows, IntBinaryOperator value) {
        var words = ByteBuffer.allocate(columns * rows * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                words.putShort((short) value.applyAsInt(x, y));
            }
        }
        return described(columns, rows, 1, "MONOCHROME2", 16, 12).set(Tags.PIXEL_DATA, Vr.OW, words.array());
    }

    /** Bytes as they are to lie in the pixel data. */
    public static Dataset bytes(int columns, int rows, int samples, String photometric, byte[] pixels) {
        return described(columns, rows, samples, photometric, 8, 8).set(Tags.PIXEL_DATA, Vr.OB, pixels);
    }

    public static Dataset described(int columns, int rows, int samples, String photometric, int allocated, int stored) {
        return new Dataset()
                .set(Tags.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4")
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, samples)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, photometric)
                .set(Tags.ROWS, Vr.US, rows)
                .set(Tags.COLUMNS, Vr.US, columns)
                .set(Tags.BITS_ALLOCATED, Vr.US, allocated)
                .set(Tags.BITS_STORED, Vr.US, stored)
                .set(Tags.HIGH_BIT, Vr.US, stored - 1)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 0);
    }

    /** A slice of a CT: Hounsfield units are stored values less 1024. */
    public static Dataset slice(double[] position, double[] along, IntBinaryOperator value) {
        return grey(6, 5, value)
                .set(Tags.IMAGE_POSITION_PATIENT, Vr.DS, position)
                .set(Tags.IMAGE_ORIENTATION_PATIENT, Vr.DS, along)
                .set(Tags.PIXEL_SPACING, Vr.DS, 0.5, 0.75)
                .set(Tags.RESCALE_SLOPE, Vr.DS, 1.0)
                .set(Tags.RESCALE_INTERCEPT, Vr.DS, -1024.0);
    }

    public static DicomObject plain(Dataset dataset) {
        return new DicomObject(dataset, EXPLICIT);
    }

    public static DicomObject encoded(Dataset dataset, String transferSyntax, byte[]... fragments) {
        return new DicomObject(
                new Dataset()
                        .copy(
                                dataset,
                                dataset.elements()
                                        .mapToInt(Dataset.Element::tag)
                                        .toArray())
                        .set(Tags.PIXEL_DATA, Vr.OB, new Value.Fragments(List.of(), List.of(fragments))),
                transferSyntax);
    }

    /** RLE of native pixels, all in literal runs. */
    public static byte[] rle(byte[] pixels, int bytesPerPixel) {
        var header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(bytesPerPixel);
        var segments = new ArrayList<byte[]>();
        int start = 64;
        for (int segment = 0; segment < bytesPerPixel; segment++) {
            var packed = new ByteArrayOutputStream();
            int count = pixels.length / bytesPerPixel;
            for (int i = 0; i < count; i++) {
                if (i % 128 == 0) {
                    packed.write(Math.min(128, count - i) - 1);
                }
                packed.write(pixels[i * bytesPerPixel + segment]);
            }
            if (packed.size() % 2 != 0) {
                packed.write(-128);
            }
            header.putInt(start);
            start += packed.size();
            segments.add(packed.toByteArray());
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(header.array());
        segments.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Of 16 bits, the high byte is the first segment. */
    public static byte[] rleOfWords(byte[] littleEndian) {
        var turned = littleEndian.clone();
        for (int i = 0; i < turned.length; i += 2) {
            turned[i] = littleEndian[i + 1];
            turned[i + 1] = littleEndian[i];
        }
        return rle(turned, 2);
    }

    /** A JPEG of a smooth picture, grey or in colour. */
    public static byte[] jpeg(int columns, int rows, boolean colour) throws IOException {
        var image =
                new BufferedImage(columns, rows, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                image.setRGB(x, y, smooth(x, y, columns, rows));
            }
        }
        return written(image, "jpeg");
    }

    static int smooth(int x, int y, int columns, int rows) {
        return (255 * x / columns) << 16 | (255 * y / rows) << 8 | 128;
    }

    static byte[] written(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer of " + format);
        }
        return out.toByteArray();
    }

    static byte[] pixels(Dataset dataset) {
        return ((Value.Bytes) dataset.get(Tags.PIXEL_DATA).orElseThrow().value()).bytes();
    }
}
