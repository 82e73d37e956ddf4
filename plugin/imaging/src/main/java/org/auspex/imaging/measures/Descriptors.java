package org.auspex.imaging.measures;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.results.Code;

/**
 * Measures a lesion and puts it into words, as {@code testdata/models/breast-ultrasound/descriptors.py} does for training: the
 * same quantities, limits and order of words. The limits were set by the spread over the lesions of that data, blind to what they
 * were; they are no clinical cut-offs.
 */
public final class Descriptors {

    private static final double IRREGULAR_BELOW = 0.84;
    private static final double ROUND_BELOW = 1.25;
    private static final double PARALLEL_ABOVE = 1.1;
    private static final double CIRCUMSCRIBED_ABOVE = 1.0;
    private static final double ANECHOIC_BELOW = 0.3;
    private static final double HYPOECHOIC_BELOW = 0.85;
    private static final double HYPERECHOIC_ABOVE = 1.15;
    private static final double HETEROGENEOUS_ABOVE = 0.62;
    private static final double ENHANCEMENT_ABOVE = 1.25;
    private static final double SHADOWING_BELOW = 0.75;

    private static final String OVERLAP = "overlap with the ellipse of equal moments";
    private static final String ECHO = "grey inside over the grey around";
    private static final String BEHIND = "grey behind over the grey beside";

    private Descriptors() {}

    /** Shape, orientation, margin, echo pattern, posterior features and relative size, in this order. */
    public static List<Descriptor> of(Lesion lesion) {
        var measured = Quantities.of(lesion);
        return List.of(
                shape(measured),
                orientation(measured),
                margin(measured),
                echo(measured),
                posterior(measured),
                size(measured));
    }

    private static Descriptor shape(Quantities measured) {
        var group = new Group("shape", Code.sct("300842002", "Shape"));
        if (measured.ellipse() < IRREGULAR_BELOW) {
            return group.word(
                    "irregular", Code.sct("49608001", "Irregular"), OVERLAP, measured.ellipse(), "below 0.84");
        }
        var ratio = "ratio of the axes";
        return measured.axes() >= ROUND_BELOW
                ? group.word(
                        "oval",
                        Code.sct("84360004", "Ovoid shape"),
                        ratio,
                        measured.axes(),
                        "1.25 or more, not irregular")
                : group.word(
                        "round",
                        Code.sct("42700002", "Round shape"),
                        ratio,
                        measured.axes(),
                        "below 1.25, not irregular");
    }

    private static Descriptor orientation(Quantities measured) {
        var group = new Group("orientation", Code.dcm("111354", "Orientation"));
        var flat = "width over the height";
        return measured.flat() > PARALLEL_ABOVE
                ? group.word("parallel", Code.dcm("111355", "Parallel"), flat, measured.flat(), "above 1.10")
                : group.word("not parallel", Code.dcm("111356", "Not parallel"), flat, measured.flat(), "at most 1.10");
    }

    private static Descriptor margin(Quantities measured) {
        var group = new Group("margin", Code.dcm("111037", "Margins"));
        var edge = "step of grey over the edge, over its spread,";
        return measured.edge() > CIRCUMSCRIBED_ABOVE
                ? group.word(
                        "circumscribed", Code.sct("263706005", "Circumscribed"), edge, measured.edge(), "above 1.00")
                : group.word("not circumscribed", edge, measured.edge(), "at most 1.00");
    }

    private static Descriptor echo(Quantities measured) {
        var group = new Group("echo pattern", Code.dcm("111360", "Echo pattern"));
        var echo = measured.echo();
        if (echo < ANECHOIC_BELOW) {
            return group.word("anechoic", Code.dcm("111361", "Anechoic"), ECHO, echo, "below 0.30");
        }
        if (measured.texture() > HETEROGENEOUS_ABOVE) {
            return group.word("heterogeneous", "spread of grey inside over its mean", measured.texture(), "above 0.62");
        }
        if (echo < HYPOECHOIC_BELOW) {
            return group.word("hypoechoic", Code.dcm("111364", "Hypoechoic"), ECHO, echo, "0.30 to 0.85");
        }
        return echo <= HYPERECHOIC_ABOVE
                ? group.word("isoechoic", Code.dcm("111365", "Isoechoic"), ECHO, echo, "0.85 to 1.15")
                : group.word("hyperechoic", Code.dcm("111362", "Hyperechoic"), ECHO, echo, "above 1.15");
    }

    private static Descriptor posterior(Quantities measured) {
        var group = new Group("posterior features", Code.dcm("111366", "Posterior acoustic features"));
        var behind = measured.posterior();
        if (behind > ENHANCEMENT_ABOVE) {
            return group.word("enhancement", Code.dcm("111368", "Posterior enhancement"), BEHIND, behind, "above 1.25");
        }
        return behind < SHADOWING_BELOW
                ? group.word("shadowing", Code.dcm("111369", "Posterior shadowing"), BEHIND, behind, "below 0.75")
                : group.word(
                        "no posterior features",
                        Code.dcm("111367", "No posterior acoustic features"),
                        BEHIND,
                        behind,
                        "0.75 to 1.25");
    }

    private static Descriptor size(Quantities measured) {
        var group = new Group(
                "size", new Code("relative-size", "99AUSPEX", "Long axis relative to the width of the image"));
        var axis = "long axis over the width of the image";
        if (measured.size() < 1 / 6.0) {
            return group.word("below 1/6 of the image's width", axis, measured.size(), "below 0.17");
        }
        if (measured.size() < 1 / 3.0) {
            return group.word("1/6 to 1/3", axis, measured.size(), "0.17 to 0.33");
        }
        return measured.size() < 1 / 2.0
                ? group.word("1/3 to 1/2", axis, measured.size(), "0.33 to 0.50")
                : group.word("above 1/2", axis, measured.size(), "0.50 or more");
    }

    private record Group(String name, Code concept) {
        Descriptor word(String word, Code code, String quantity, double value, String rule) {
            return new Descriptor(name, concept, word, Optional.of(code), quantity, value, rule);
        }

        Descriptor word(String word, String quantity, double value, String rule) {
            return new Descriptor(name, concept, word, Optional.empty(), quantity, value, rule);
        }
    }
}
