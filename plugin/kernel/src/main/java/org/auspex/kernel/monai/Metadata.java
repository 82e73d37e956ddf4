package org.auspex.kernel.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.monai.Configuration.Entry;

/**
 * What a bundle says of itself in {@code configs/metadata.json}.
 *
 * @param image the network's input
 * @param prediction its output
 */
record Metadata(String version, ModelCard.About about, Port image, Port prediction) {

    static final List<String> FILES = List.of("configs/metadata.json");

    /**
     * A tensor of the network, without the dimension of a batch.
     *
     * @param voxels along each axis; -1 where the bundle leaves it open
     */
    record Port(String name, long channels, List<Long> voxels) {}

    /** @throws NotRead with what is missing */
    static Metadata read(Path folder) {
        var file = Configuration.read(folder, FILES);
        var root = file.root();
        var version = root.value().path("version").asText();
        if (!version.matches("[0-9]+\\.[0-9]+\\.[0-9]+")) {
            throw file.notRead(
                    root.child("version"),
                    "the version is '%s'".formatted(version),
                    "write three numbers, such as 1.0.0");
        }
        var format = root.child("network_data_format");
        return new Metadata(
                version,
                about(root.value(), folder),
                port(file, format.child("inputs"), false),
                port(file, format.child("outputs"), true));
    }

    private static ModelCard.About about(JsonNode root, Path folder) {
        var title = root.path("name").asText(String.valueOf(folder.getFileName()));
        var licence = Files.isRegularFile(folder.resolve("LICENSE"))
                ? "see LICENSE in the bundle"
                : root.path("copyright").asText("not stated");
        return new ModelCard.About(
                title,
                root.path("intended_use").asText("Not stated by the bundle."),
                licence,
                "trained on %s".formatted(root.path("data_source").asText("data that are not stated")));
    }

    private static Port port(Configuration file, Entry side, boolean output) {
        var names = new ArrayList<String>();
        side.value().fieldNames().forEachRemaining(names::add);
        if (names.size() != 1) {
            throw file.notRead(
                    side,
                    "the network %s %s, and here it has one image and one answer"
                            .formatted(output ? "gives" : "takes", names),
                    "write a model.yaml with tensors");
        }
        var port = side.child(names.get(0));
        var channels = port.value().path("num_channels").asLong(0);
        if (channels < 1 || channels > 100_000) {
            throw file.notRead(
                    port,
                    "num_channels of %s is %d".formatted(names.get(0), channels),
                    "write how many channels there are");
        }
        return new Port(names.get(0), channels, output && isOfClasses(port.value()) ? List.of() : voxels(file, port));
    }

    /** Whether it says something about the image, and not about each voxel. */
    private static boolean isOfClasses(JsonNode port) {
        var words = port.path("type").asText() + " " + port.path("format").asText();
        var shape = port.path("spatial_shape");
        var isRow = shape.path(0).asInt() == 1
                && shape.path(1).asInt() == port.path("num_channels").asInt();
        return words.contains("probabilit") || words.contains("class") || (isRow && shape.size() == 2);
    }

    private static List<Long> voxels(Configuration file, Entry port) {
        var shape = port.child("spatial_shape");
        var voxels = new ArrayList<Long>();
        shape.value().forEach(size -> voxels.add(size.isIntegralNumber() && size.asLong() > 0 ? size.asLong() : -1));
        if (voxels.size() != 2 && voxels.size() != 3) {
            throw file.notRead(
                    shape.value().isMissingNode() ? port : shape,
                    "spatial_shape is %s".formatted(shape.value()),
                    "write two or three sizes");
        }
        return voxels;
    }
}
