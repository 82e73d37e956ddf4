package org.auspex.imaging.dicomweb;

import java.net.URI;
import java.util.Optional;

/**
 * An archive that may be called.
 *
 * @param base its DICOMweb address, such as {@code https://pacs.example/dicom-web}
 * @param authorization what the header Authorization says to it, such as {@code Bearer ...}
 */
public record ArchiveAddress(URI base, Optional<String> authorization) {

    /** The whole of its address that may be part of a message; not what authorises. */
    @Override
    public String toString() {
        return base.toString();
    }

    URI at(String path) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + path);
    }
}
