package org.auspex.kernel.monai;

import java.util.List;
import java.util.Map;
import org.auspex.kernel.images.Crop;
import org.auspex.kernel.images.CropForeground;
import org.auspex.kernel.images.NormalizeIntensity;
import org.auspex.kernel.images.Orientation;
import org.auspex.kernel.images.Pad;
import org.auspex.kernel.images.Padding;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.ScaleIntensity;
import org.auspex.kernel.images.ScaleIntensityRange;
import org.auspex.kernel.images.Spacing;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.images.ThresholdIntensity;

/** The transforms before a network that are known, with the arguments that are. */
final class Preprocessing {

    static final Map<String, Padding> PADDINGS = Map.of(
            "constant", Padding.CONSTANT,
            "reflect", Padding.REFLECT,
            "replicate", Padding.REPLICATE,
            "edge", Padding.REPLICATE,
            "circular", Padding.CIRCULAR,
            "wrap", Padding.CIRCULAR);

    private static final Map<String, Boolean> NEAREST = Map.of("bilinear", false, "nearest", true);

    private static final Map<String, Resize.Mode> RESIZING = Map.of(
            "area", Resize.Mode.AREA,
            "linear", Resize.Mode.LINEAR,
            "bilinear", Resize.Mode.LINEAR,
            "trilinear", Resize.Mode.LINEAR,
            "nearest", Resize.Mode.NEAREST,
            "nearest-exact", Resize.Mode.NEAREST_EXACT);

    private Preprocessing() {}

    /** @throws NotRead if the transform or one of its arguments is not known */
    static List<Step> steps(Component transform, String name) {
        return switch (name) {
            case "LoadImage" ->
                Transforms.nothing(
                        transform,
                        "reader",
                        "image_only",
                        "ensure_channel_first",
                        "meta_keys",
                        "meta_key_postfix",
                        "overwriting",
                        "simple_keys",
                        "prune_meta_pattern",
                        "prune_meta_sep",
                        "expanduser",
                        "reverse_indexing");
            case "EnsureChannelFirst", "AsChannelFirst", "AddChannel" ->
                Transforms.nothing(transform, "channel_dim", "strict_check", "meta_keys", "meta_key_postfix");
            case "EnsureType", "ToTensor", "CastToType", "ToDevice", "Identity" -> Transforms.nothing(transform);
            case "Orientation" -> orientation(transform);
            case "Spacing" -> spacing(transform);
            case "ScaleIntensityRange" -> List.of(range(transform));
            case "ScaleIntensity" -> scale(transform);
            case "NormalizeIntensity" -> normalize(transform);
            case "ThresholdIntensity" ->
                List.of(new ThresholdIntensity(
                        transform.number("threshold", 0), transform.flag("above", true), transform.number("cval", 0)));
            case "Resize" -> resize(transform);
            case "CropForeground" -> foreground(transform);
            case "SpatialPad" -> List.of(pad(transform, "spatial_size", false));
            case "DivisiblePad" -> List.of(pad(transform, "k", true));
            case "CenterSpatialCrop" -> List.of(new Crop(transform.integers("roi_size")));
            case "ResizeWithPadOrCrop" ->
                List.of(new Crop(transform.integers("spatial_size")), pad(transform, "spatial_size", false));
            default -> throw transform.unknown("transform");
        };
    }

    private static List<Step> orientation(Component transform) {
        transform.ignore("labels", "meta_keys", "meta_key_postfix");
        if (transform.has("labels")) {
            throw transform.refused("labels", "are given, and only L/R, P/A and I/S are known", "leave them out");
        }
        return List.of(
                new Orientation(transform.flag("as_closest_canonical", false) ? "RAS" : transform.text("axcodes", "")));
    }

    private static List<Step> spacing(Component transform) {
        transform.ignore("dtype", "meta_keys", "meta_key_postfix", "ensure_same_shape");
        transform.requireOnly("padding_mode", "border");
        transform.requireOnly("align_corners", false);
        transform.requireOnly("scale_extent", false);
        transform.requireOnly("recompute_affine", false);
        var sizes = transform.numbers("pixdim");
        if (sizes.isEmpty()) {
            throw transform.refused("pixdim", "is missing", "write the voxels' size");
        }
        return List.of(new Spacing(
                sizes, transform.flag("diagonal", false), Transforms.choice(transform, "mode", "bilinear", NEAREST)));
    }

    private static Step range(Component transform) {
        Transforms.nothing(transform);
        var low = transform.number("b_min");
        var high = transform.number("b_max");
        if (low.isPresent() != high.isPresent()) {
            throw transform.refused("b_min", "and b_max are not both given", "write both");
        }
        return new ScaleIntensityRange(
                transform.number("a_min", 0),
                transform.number("a_max", 0),
                low.map(least -> new ScaleIntensityRange.Ends(least, high.orElseThrow())),
                transform.flag("clip", false));
    }

    private static List<Step> scale(Component transform) {
        Transforms.nothing(transform);
        if (transform.has("factor")) {
            throw transform.refused("factor", "is not known", "write minv and maxv");
        }
        return List.of(new ScaleIntensity(
                transform.number("minv", 0), transform.number("maxv", 1), transform.flag("channel_wise", false)));
    }

    private static List<Step> normalize(Component transform) {
        Transforms.nothing(transform);
        return List.of(new NormalizeIntensity(
                transform.numbers("subtrahend"),
                transform.numbers("divisor"),
                transform.flag("nonzero", false),
                transform.flag("channel_wise", false)));
    }

    private static List<Step> resize(Component transform) {
        Transforms.nothing(transform);
        transform.requireOnly("anti_aliasing", false);
        transform.ignore("anti_aliasing_sigma");
        var longest = transform.word("size_mode", "all").equals("longest");
        var mode = Transforms.choice(transform, "mode", "area", RESIZING);
        var aligned = transform.flag("align_corners", false) && mode == Resize.Mode.LINEAR;
        var size = transform.integers("spatial_size");
        if (size.isEmpty()) {
            throw transform.refused("spatial_size", "is missing", "write the number of voxels");
        }
        return List.of(new Resize(size, longest, aligned ? Resize.Mode.LINEAR_ALIGNED : mode));
    }

    private static List<Step> foreground(Component transform) {
        transform.ignore("start_coord_key", "end_coord_key");
        for (var key : List.of("select_fn", "channel_indices", "return_coords")) {
            if (transform.has(key)) {
                throw transform.refused(
                        key, "is given, and only voxels above 0 in any channel are known", "leave it out");
            }
        }
        transform.ignore("source_key", "mode");
        var margin = one(transform.integers("margin"), 0);
        var divisible = one(transform.integers("k_divisible"), 1);
        var wider = margin.stream().anyMatch(voxels -> voxels > 0);
        if (wider && !transform.has("allow_smaller")) {
            throw transform.refused(
                    "margin", "needs allow_smaller, whose default differs between MONAI's versions", "write it");
        }
        var padded = wider || divisible.stream().anyMatch(number -> number > 1);
        return List.of(new CropForeground(
                margin,
                divisible,
                transform.flag("allow_smaller", false),
                padded ? padding(transform) : Padding.CONSTANT,
                constant(transform)));
    }

    private static List<Integer> one(List<Integer> given, int otherwise) {
        return given.isEmpty() ? List.of(otherwise) : given;
    }

    private static Step pad(Component transform, String key, boolean divisible) {
        var sizes = transform.integers(key);
        if (sizes.isEmpty()) {
            throw transform.refused(key, "is missing", "write it");
        }
        return new Pad(
                sizes,
                divisible,
                Transforms.choice(transform, "method", "symmetric", Map.of("symmetric", false, "end", true)),
                padding(transform),
                constant(transform));
    }

    private static Padding padding(Component transform) {
        return Transforms.choice(transform, "mode", "constant", PADDINGS);
    }

    private static double constant(Component transform) {
        return transform.number("value", transform.number("constant_values", 0));
    }
}
