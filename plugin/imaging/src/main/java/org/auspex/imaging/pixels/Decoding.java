package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;

/** From the number of a frame to its samples. */
final class Decoding {

    private static final Map<TransferSyntax, Codec> LIBRARIES = Map.of(
            TransferSyntax.JPEG_BASELINE, new Jpeg(),
            TransferSyntax.JPEG_EXTENDED, new Jpeg(),
            TransferSyntax.JPEG_LOSSLESS, new Jpeg(),
            TransferSyntax.JPEG_LOSSLESS_SV1, new Jpeg(),
            TransferSyntax.JPEG_2000, new Jpeg2000(),
            TransferSyntax.JPEG_2000_LOSSLESS, new Jpeg2000());

    private final Layout layout;
    private final Encoded encoded;
    private final Codec codec;

    private Decoding(Layout layout, Encoded encoded, Codec codec) {
        this.layout = layout;
        this.encoded = encoded;
        this.codec = codec;
    }

    /** The bytes of a frame as they are stored. */
    private interface Encoded {
        byte[] frame(int number) throws IOException;
    }

    static Decoding of(DicomObject object, Layout layout, PixelLimits limits, Deadline deadline) throws IOException {
        var syntax = TransferSyntax.of(object.transferSyntax());
        var pixels = object.dataset()
                .get(Tags.PIXEL_DATA)
                .orElseThrow(() -> new DicomRefused("The object has no pixel data (7FE0,0010)"));
        if (syntax.isNative() && pixels.value() instanceof Value.Native bytes) {
            return new Decoding(layout, new NativeFrames(bytes, pixels.vr(), layout)::frame, new Plain());
        }
        if (!syntax.isNative() && pixels.value() instanceof Value.Encapsulated fragments) {
            var frames = EncodedFrames.of(fragments, object.dataset(), layout.frames());
            return new Decoding(layout, number -> frames.frame(number, limits.frameBytes()), codec(syntax, deadline));
        }
        throw new DicomRefused(
                "The pixel data is not encoded as the transfer syntax %s says".formatted(object.transferSyntax()));
    }

    private static Codec codec(TransferSyntax syntax, Deadline deadline) {
        if (syntax == TransferSyntax.RLE) {
            return new Rle();
        }
        var library = Objects.requireNonNull(LIBRARIES.get(syntax), () -> "Nothing decodes " + syntax);
        return (encoded, layout) -> deadline.within(() -> library.decode(encoded, layout));
    }

    Samples frame(int number) throws IOException {
        return codec.decode(encoded.frame(number), layout);
    }
}
