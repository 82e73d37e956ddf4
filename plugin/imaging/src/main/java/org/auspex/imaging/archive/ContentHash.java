package org.auspex.imaging.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Hash of what a DICOM file holds behind its file meta information: who wrote the file, and with what, makes no other object
 * of it.
 */
final class ContentHash {

    private static final int META = 132;
    /** The element (0002,0000) in explicit little endian: its tag, UL, length 4. Its value counts the bytes after it. */
    private static final byte[] GROUP_LENGTH = {2, 0, 0, 0, 'U', 'L', 4, 0};

    private ContentHash() {}

    static String of(Path file) throws IOException {
        var digest = sha256();
        try (var in = new BufferedInputStream(Files.newInputStream(file), 64 << 10)) {
            in.skipNBytes(dataSet(file));
            try (var hashed = new DigestInputStream(in, digest)) {
                hashed.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Where the data set begins; the beginning of the file if the length that says so is absent, or no length. */
    private static long dataSet(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var head = in.readNBytes(META + GROUP_LENGTH.length + Integer.BYTES);
            if (head.length < META + GROUP_LENGTH.length + Integer.BYTES
                    || !Arrays.equals(Arrays.copyOfRange(head, META, META + GROUP_LENGTH.length), GROUP_LENGTH)) {
                return 0;
            }
            var length = ByteBuffer.wrap(head, META + GROUP_LENGTH.length, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            var start = head.length + Integer.toUnsignedLong(length);
            return start < Files.size(file) ? start : 0;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
