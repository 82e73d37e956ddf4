package org.auspex.imaging.results;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** UIDs that follow from what they name. */
public final class Uids {

    private static final int BYTES = 16;

    private Uids() {}

    /**
     * The same for the same seed: {@code 2.25.} and a UUID of version 8 (RFC 9562) made of the first bits of the seed's SHA-256
     * (DICOM PS3.5, B.2).
     */
    public static String of(String seed) {
        var bits = Arrays.copyOf(sha256(seed), BYTES);
        bits[6] = (byte) (bits[6] & 0x0F | 0x80);
        bits[8] = (byte) (bits[8] & 0x3F | 0x80);
        return "2.25." + new BigInteger(1, bits);
    }

    private static byte[] sha256(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
