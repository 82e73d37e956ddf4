package org.auspex.imaging.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the pictures of docs/dicom-results.md. From plugin/imaging, with the classes and test classes on the class path:
 * {@code java org.auspex.imaging.overlay.DocumentationPictures ../../docs/images}.
 */
final class DocumentationPictures {

    private DocumentationPictures() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        Files.write(folder.resolve("overlay.png"), Overlay.png(Phantom.image(), List.of(Phantom.mask()), 0));
        Files.write(folder.resolve("uncertainty.png"), ColourMap.png(Phantom.uncertainty(), 0, 0, 1));
    }
}
