package org.auspex.endpoints.dicomweb;

import java.util.Map;

/** Media types of frames as they are encoded (PS3.18, table 8.7.3-5). */
final class FrameTypes {

    static final String OCTETS = "application/octet-stream";

    private static final Map<String, String> BY_SYNTAX = Map.ofEntries(
            Map.entry("1.2.840.10008.1.2.5", "image/dicom-rle"),
            Map.entry("1.2.840.10008.1.2.4.50", "image/jpeg"),
            Map.entry("1.2.840.10008.1.2.4.51", "image/jpeg"),
            Map.entry("1.2.840.10008.1.2.4.57", "image/jpeg"),
            Map.entry("1.2.840.10008.1.2.4.70", "image/jpeg"),
            Map.entry("1.2.840.10008.1.2.4.80", "image/jls"),
            Map.entry("1.2.840.10008.1.2.4.81", "image/jls"),
            Map.entry("1.2.840.10008.1.2.4.90", "image/jp2"),
            Map.entry("1.2.840.10008.1.2.4.91", "image/jp2"));

    private FrameTypes() {}

    static String of(String transferSyntax) {
        return BY_SYNTAX.getOrDefault(transferSyntax, OCTETS);
    }
}
