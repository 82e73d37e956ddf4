package org.auspex.imaging.pixels;

import java.io.IOException;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;

/** The frames of one object as they are encoded, counted from 1, for those who decode them themselves. */
public final class StoredFrames {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private final Layout layout;
    private final Decoded source;
    private final String transferSyntax;

    /** Where the bytes of a frame come from. */
    @FunctionalInterface
    private interface Decoded {
        byte[] frame(int number) throws IOException;
    }

    private StoredFrames(Layout layout, Decoded source, String transferSyntax) {
        this.layout = layout;
        this.source = source;
        this.transferSyntax = transferSyntax;
    }

    /** @throws DicomRefused if the object has no pixels, or it cannot be told which bytes belong to which frame */
    public static StoredFrames of(DicomObject object, PixelLimits limits) throws IOException {
        var layout = Layout.of(object.dataset());
        var element = object.dataset()
                .get(Tags.PIXEL_DATA)
                .orElseThrow(() -> new DicomRefused("The object has no %s".formatted(Tags.shown(Tags.PIXEL_DATA))));
        if (element.value() instanceof Value.Encapsulated encapsulated) {
            var frames = EncodedFrames.of(encapsulated, object.dataset(), layout.frames());
            return new StoredFrames(
                    layout, number -> frames.frame(number, limits.frameBytes()), object.transferSyntax());
        }
        if (element.value() instanceof Value.Native uncompressed) {
            var frames = new NativeFrames(uncompressed, element.vr(), layout);
            return new StoredFrames(
                    layout,
                    number -> layout.bitsAllocated() == 1 ? packed(frames.frame(number)) : frames.frame(number),
                    EXPLICIT);
        }
        throw new DicomRefused("%s holds no pixels".formatted(Tags.shown(Tags.PIXEL_DATA)));
    }

    public int count() {
        return layout.frames();
    }

    /** What the bytes are encoded in; uncompressed pixels are little endian, whatever they are stored in. */
    public String transferSyntax() {
        return transferSyntax;
    }

    /** @throws DicomRefused if there is no such frame, or it is longer than is allowed */
    public byte[] frame(int number) throws IOException {
        layout.requireFrame(number);
        return source.frame(number);
    }

    /** Single bits begin with a byte in each frame here, which they need not where they are stored. */
    private static byte[] packed(byte[] bits) {
        var packed = new byte[(bits.length + 7) / 8];
        for (int i = 0; i < bits.length; i++) {
            packed[i / 8] |= (byte) (bits[i] << (i % 8));
        }
        return packed;
    }
}
