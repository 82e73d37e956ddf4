package org.auspex.kernel.monai;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.kernel.images.Activation;
import org.auspex.kernel.images.Channels;
import org.auspex.kernel.images.Discretisation;
import org.auspex.kernel.images.Invert;
import org.auspex.kernel.images.LargestComponent;
import org.auspex.kernel.images.Step;

/** The transforms after a network that are known, with the arguments that are. */
final class Postprocessing {

    private static final Pattern BEFORE = Pattern.compile("\\$?\\s*@preprocessing\\s*");
    /** {@code lambda x: x[1:]}: some of the channels. */
    private static final Pattern SOME_CHANNELS =
            Pattern.compile("\\$\\s*lambda\\s+([a-z]+)\\s*:\\s*\\1\\[(-?[0-9]{1,4})?:(-?[0-9]{1,4})?\\]\\s*");

    private Postprocessing() {}

    /** @throws NotRead if the transform or one of its arguments is not known */
    static List<Step> steps(Component transform, String name) {
        return switch (name) {
            case "Activations" -> activation(transform);
            case "Invert" -> invert(transform);
            case "AsDiscrete" -> discretisation(transform);
            case "KeepLargestConnectedComponent" -> largest(transform);
            case "Lambda" -> channels(transform);
            case "EnsureType", "ToTensor", "ToNumpy", "CastToType", "ToDevice", "Identity" ->
                Transforms.nothing(transform);
            // What is saved is the caller's matter: the prediction goes back to it.
            case "SaveImage", "SaveClassification" -> {
                transform.ignoreAll();
                yield List.of();
            }
            default -> throw transform.unknown("transform");
        };
    }

    private static List<Step> activation(Component transform) {
        if (transform.has("other")) {
            throw transform.refused("other", "is not known", "use sigmoid or softmax");
        }
        transform.requireOnly("dim", 0);
        var sigmoid = transform.flag("sigmoid", false);
        var softmax = transform.flag("softmax", false);
        if (sigmoid && softmax) {
            throw transform.refused("sigmoid", "and softmax are both true", "choose one");
        }
        return sigmoid ? List.of(Activation.SIGMOID) : softmax ? List.of(Activation.SOFTMAX) : List.of();
    }

    private static List<Step> invert(Component transform) {
        transform.ignore("orig_keys", "meta_keys", "orig_meta_keys", "meta_key_postfix", "to_tensor", "device");
        if (!BEFORE.matcher(transform.raw("transform")).matches()) {
            throw transform.refused("transform", "is not @preprocessing", "write \"@preprocessing\"");
        }
        if (transform.has("post_func")) {
            throw transform.refused("post_func", "is not known", "leave it out");
        }
        return List.of(new Invert(transform.flag("nearest_interp", true)));
    }

    private static List<Step> discretisation(Component transform) {
        transform.requireOnly("dim", 0);
        transform.requireOnly("keepdim", true);
        transform.requireOnly("rounding", "torchrounding");
        Transforms.nothing(transform);
        var classes = transform.integer("to_onehot", 0);
        return List.of(new Discretisation(
                transform.flag("argmax", false),
                classes > 0 ? Optional.of(classes) : Optional.empty(),
                transform.number("threshold"),
                transform.has("rounding")));
    }

    private static List<Step> largest(Component transform) {
        if (transform.has("is_onehot")) {
            throw transform.refused(
                    "is_onehot",
                    "is given, and one channel holds class numbers here, several one class each",
                    "leave it out");
        }
        return List.of(new LargestComponent(
                transform.integers("applied_labels"),
                transform.flag("independent", true),
                transform.integer("connectivity", 0),
                transform.integer("num_components", 1)));
    }

    private static List<Step> channels(Component transform) {
        transform.ignore("overwrite");
        var matcher = SOME_CHANNELS.matcher(transform.raw("func"));
        if (!matcher.matches()) {
            throw transform.refused(
                    "func",
                    "is '%s', a Python expression, and nothing is executed here"
                            .formatted(Configuration.shortened(transform.raw("func"))),
                    "leave it out and do it with the answer, or write a model.yaml");
        }
        return List.of(new Channels(
                Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(0),
                Optional.ofNullable(matcher.group(3)).map(Integer::parseInt).orElse(Integer.MAX_VALUE)));
    }
}
