package org.auspex.kernel.monai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.auspex.kernel.images.Inference;
import org.auspex.kernel.images.SlidingWindow;
import org.auspex.kernel.images.WholeImage;

/** The inferers that are known. */
final class Inferer {

    private Inferer() {}

    /** @throws NotRead if the inferer or one of its arguments is not known */
    static Inference of(Component inferer) {
        try {
            var found = switch (inferer.name()) {
                case "SimpleInferer" -> new WholeImage();
                case "SlidingWindowInferer" -> window(inferer, OptionalInt.empty());
                case "SliceInferer" -> window(inferer, OptionalInt.of(axis(inferer)));
                default -> throw inferer.unknown("inferer");
            };
            inferer.requireAllRead();
            return found;
        } catch (IllegalArgumentException e) {
            throw inferer.refused(e);
        }
    }

    private static int axis(Component inferer) {
        var axis = inferer.integer("spatial_dim", 0);
        if (axis < 0 || axis > 2) {
            throw inferer.refused("spatial_dim", "is %d".formatted(axis), "write 0, 1 or 2");
        }
        return axis;
    }

    private static SlidingWindow window(Component inferer, OptionalInt slice) {
        inferer.ignore(
                "sw_device", "device", "progress", "cache_roi_weight_map", "cpu_thresh", "buffer_steps", "buffer_dim");
        inferer.requireOnly("with_coord", false);
        if (inferer.has("roi_weight_map")) {
            throw inferer.refused("roi_weight_map", "is not known", "use mode");
        }
        var size = new ArrayList<>(inferer.integers("roi_size"));
        slice.ifPresent(axis -> size.add(Math.min(axis, size.size()), 1));
        var overlap = inferer.numbers("overlap");
        var batch = inferer.integer("sw_batch_size", 1);
        if (size.isEmpty() || batch > 64) {
            throw inferer.refused(
                    size.isEmpty() ? "roi_size" : "sw_batch_size",
                    "is %s".formatted(size.isEmpty() ? "missing" : batch),
                    "write at most 64");
        }
        return new SlidingWindow(
                size,
                batch,
                overlap.isEmpty() ? List.of(0.25) : overlap,
                Transforms.choice(inferer, "mode", "constant", java.util.Map.of("constant", false, "gaussian", true)),
                inferer.number("sigma_scale", 0.125),
                Transforms.choice(inferer, "padding_mode", "constant", Preprocessing.PADDINGS),
                inferer.number("cval", 0),
                slice);
    }
}
