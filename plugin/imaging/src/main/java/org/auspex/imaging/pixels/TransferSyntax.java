package org.auspex.imaging.pixels;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.DicomRefused;

/** How pixel data is encoded (DICOM PS3.6, table A-1), and which of them are read here. */
enum TransferSyntax {
    IMPLICIT("1.2.840.10008.1.2", "Implicit VR Little Endian"),
    EXPLICIT("1.2.840.10008.1.2.1", "Explicit VR Little Endian"),
    DEFLATED("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian"),
    BIG_ENDIAN("1.2.840.10008.1.2.2", "Explicit VR Big Endian"),
    RLE("1.2.840.10008.1.2.5", "RLE Lossless"),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline"),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
    JPEG_LOSSLESS_SV1("1.2.840.10008.1.2.4.70", "JPEG Lossless, first-order prediction"),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000"),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended (12 bit)"),
    JPEG_LS("1.2.840.10008.1.2.4.80", "JPEG-LS lossless"),
    JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless");

    private final String uid;
    private final String title;

    TransferSyntax(String uid, String title) {
        this.uid = uid;
        this.title = title;
    }

    /** @throws DicomRefused if its pixels are not read */
    static TransferSyntax of(String uid) {
        return Arrays.stream(values())
                .filter(syntax -> syntax.uid.equals(uid))
                .findFirst()
                .filter(syntax -> syntax != JPEG_LS && syntax != JPEG_LS_NEAR)
                .orElseThrow(() -> new DicomRefused(
                        "Pixels in the transfer syntax %s are not read; %s".formatted(named(uid), remedy())));
    }

    /** UIDs of those that every object is decoded in: JPEG Extended is not, as it may have 12 bits. */
    static Set<String> always() {
        return Arrays.stream(values())
                .filter(syntax -> syntax != JPEG_LS && syntax != JPEG_LS_NEAR && syntax != JPEG_EXTENDED)
                .map(syntax -> syntax.uid)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String named(String uid) {
        Optional<TransferSyntax> known =
                Arrays.stream(values()).filter(syntax -> syntax.uid.equals(uid)).findFirst();
        return known.map(syntax -> "%s (%s)".formatted(uid, syntax.title)).orElse(uid);
    }

    static String remedy() {
        return "have the archive transcode them, to Explicit VR Little Endian (%s) for example".formatted(EXPLICIT.uid);
    }

    boolean isNative() {
        return this == IMPLICIT || this == EXPLICIT || this == DEFLATED || this == BIG_ENDIAN;
    }
}
