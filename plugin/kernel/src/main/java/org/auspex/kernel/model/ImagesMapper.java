package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.images.Activation;
import org.auspex.kernel.images.Crop;
import org.auspex.kernel.images.CropForeground;
import org.auspex.kernel.images.Denoise;
import org.auspex.kernel.images.Discretisation;
import org.auspex.kernel.images.Enhance;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.Inference;
import org.auspex.kernel.images.Invert;
import org.auspex.kernel.images.LargestComponent;
import org.auspex.kernel.images.NormalizeIntensity;
import org.auspex.kernel.images.Orientation;
import org.auspex.kernel.images.Pad;
import org.auspex.kernel.images.Padding;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Repeat;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.ScaleIntensity;
import org.auspex.kernel.images.ScaleIntensityRange;
import org.auspex.kernel.images.SlidingWindow;
import org.auspex.kernel.images.Spacing;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.images.Tiling;
import org.auspex.kernel.images.Transpose;
import org.auspex.kernel.images.WholeImage;

/** Turns the {@code images} of a card that broke no rule into steps. */
final class ImagesMapper {

    private ImagesMapper() {}

    /** @throws IllegalArgumentException if a number makes no sense to a step */
    static Pipeline pipeline(JsonNode images) {
        return new Pipeline(
                CardMapper.list(images.path("before"), ImagesMapper::step),
                inference(images),
                CardMapper.list(images.path("after"), ImagesMapper::step));
    }

    private static Inference inference(JsonNode images) {
        var window = images.path("window");
        return window.isMissingNode()
                ? new WholeImage()
                : new SlidingWindow(
                        integers(window.path("size")),
                        window.path("batch").asInt(1),
                        List.of(window.path("overlap").asDouble(0.25)),
                        window.path("weights").asText().equals("gaussian"),
                        window.path("sigma").asDouble(0.125),
                        padding(window),
                        0,
                        OptionalInt.empty());
    }

    /** An object with one key, the step's name. */
    private static Step step(JsonNode node) {
        var name = node.fieldNames().next();
        var step = node.get(name);
        return switch (name) {
            case "orientation" -> new Orientation(step.asText());
            case "spacing" -> new Spacing(numbers(step.path("size")), false, nearest(step.path("mode")));
            case "resize" ->
                new Resize(integers(step.path("size")), step.path("longest").asBoolean(false), mode(step));
            case "transpose" -> new Transpose();
            case "repeat" -> new Repeat(step.asInt());
            case "crop" -> new Crop(integers(step.path("size")));
            case "pad" -> pad(step);
            case "foreground" -> foreground(step);
            case "intensity" -> intensity(step);
            case "scale" -> scale(step);
            case "normalize" -> normalize(step);
            case "denoise" ->
                new Denoise(
                        step.path("patch").asInt(3),
                        step.path("search").asInt(5),
                        step.path("strength").asDouble(),
                        step.path("sigma").asDouble(0));
            case "enhance" ->
                new Enhance(
                        step.path("tiles").asInt(8),
                        step.path("limit").asDouble(2),
                        step.path("bins").asInt(256));
            case "activation" -> Activation.valueOf(step.asText().toUpperCase(Locale.ROOT));
            case "invert" -> new Invert(nearest(step));
            case "decide" -> decide(step);
            case "largest" -> largest(step);
            default -> throw new IllegalArgumentException("there is no step '%s'".formatted(name));
        };
    }

    private static Pad pad(JsonNode step) {
        var divisible = step.has("multiple");
        return new Pad(
                integers(step.path(divisible ? "multiple" : "size")),
                divisible,
                false,
                padding(step),
                step.path("value").asDouble(0));
    }

    private static CropForeground foreground(JsonNode step) {
        return new CropForeground(
                List.of(step.path("margin").asInt(0)),
                List.of(step.path("multiple").asInt(1)),
                false,
                padding(step),
                step.path("value").asDouble(0));
    }

    private static ScaleIntensityRange intensity(JsonNode step) {
        var from = numbers(step.path("from"));
        var to = numbers(step.path("to"));
        return new ScaleIntensityRange(
                from.get(0),
                from.get(1),
                Optional.of(new ScaleIntensityRange.Ends(to.get(0), to.get(1))),
                step.path("clip").asBoolean(false));
    }

    private static ScaleIntensity scale(JsonNode step) {
        var to = numbers(step.path("to"));
        return new ScaleIntensity(to.get(0), to.get(1), step.path("channelwise").asBoolean(false));
    }

    private static NormalizeIntensity normalize(JsonNode step) {
        return new NormalizeIntensity(
                numbers(step.path("subtract")),
                numbers(step.path("divide")),
                step.path("nonzero").asBoolean(false),
                step.path("channelwise").asBoolean(false));
    }

    private static Discretisation decide(JsonNode step) {
        return new Discretisation(
                step.path("argmax").asBoolean(false),
                Optional.ofNullable(step.get("classes")).map(JsonNode::asInt),
                Optional.ofNullable(step.get("threshold")).map(JsonNode::asDouble),
                false);
    }

    private static LargestComponent largest(JsonNode step) {
        return new LargestComponent(
                integers(step.path("classes")),
                step.path("independent").asBoolean(true),
                0,
                step.path("pieces").asInt(1));
    }

    private static Resize.Mode mode(JsonNode step) {
        return Resize.Mode.valueOf(step.path("mode").asText("linear").toUpperCase(Locale.ROOT));
    }

    private static boolean nearest(JsonNode mode) {
        return mode.asText().equals("nearest");
    }

    private static Padding padding(JsonNode step) {
        return Padding.valueOf(step.path("padding").asText("constant").toUpperCase(Locale.ROOT));
    }

    /** Which frames of a loop. */
    static FrameSampling frames(JsonNode frames) {
        if (frames.has("evenly")) {
            var count = frames.get("evenly").asInt();
            return new FrameSampling(FrameSampling.By.EVENLY, count, count);
        }
        return new FrameSampling(
                FrameSampling.By.EVERY,
                frames.get("every").asInt(),
                frames.get("most").asInt());
    }

    /** Which inputs read words, and for which tensor. */
    static Words words(JsonNode words, Requirements requirements) {
        var byName = requirements.inputs().stream().collect(Collectors.toMap(Input::name, Function.identity()));
        return new Words(
                words.get("tensor").asText(),
                CardMapper.list(words.get("inputs"), name -> Objects.requireNonNull(byName.get(name.asText()))));
    }

    /** Which tiles of a slide. */
    static Tiling tiling(JsonNode tiles) {
        var tissue = tiles.path("tissue");
        return new Tiling(
                tiles.get("size").asInt(),
                tiles.get("micrometres").asDouble(),
                tiles.get("most").asInt(),
                new Tiling.Tissue(
                        tissue.path("saturation").asDouble(0.07),
                        tissue.path("brightness").asDouble(0.95),
                        tissue.path("share").asDouble(0.5)),
                tiles.get("attention").asText());
    }

    private static List<Double> numbers(JsonNode list) {
        return CardMapper.list(list, JsonNode::asDouble);
    }

    private static List<Integer> integers(JsonNode list) {
        return CardMapper.list(list, JsonNode::asInt);
    }
}
