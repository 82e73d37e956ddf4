package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot in SVG with two linear axes. Lines differ by dashes as well, so that it can be read without colour. */
final class Chart {

    private static final double WIDTH = 560;
    private static final double HEIGHT = 400;
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 14;
    private static final double BOTTOM = 52;
    private static final int TICKS = 5;
    private static final int LEGEND_LINE = 18;

    private final StringBuilder svg = new StringBuilder();
    private final Axis across;
    private final Axis up;
    private int named;

    /** What an axis shows; {@code high} is above {@code low}. */
    record Axis(String name, double low, double high) {
        double share(double value) {
            return (Math.max(low, Math.min(high, value)) - low) / (high - low);
        }
    }

    record Point(double across, double up) {}

    /** How a line or a mark looks: a class of the page's style. */
    enum Ink {
        MODEL,
        SECOND,
        THIRD,
        REFERENCE
    }

    Chart(String title, Axis across, Axis up) {
        this.across = across;
        this.up = up;
        svg.append("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\"><title>%s</title>%n"
                .formatted(WIDTH, HEIGHT, Markup.escaped(title)));
        for (var i = 0; i <= TICKS; i++) {
            tick((double) i / TICKS);
        }
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "middle", across.name());
        svg.append("<text transform=\"translate(16 %s) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
                .formatted(place((TOP + HEIGHT - BOTTOM) / 2), Markup.escaped(up.name())));
    }

    private void tick(double share) {
        var x = LEFT + share * (WIDTH - LEFT - RIGHT);
        var y = HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
        stroke("grid", x, TOP, x, HEIGHT - BOTTOM);
        stroke("grid", LEFT, y, WIDTH - RIGHT, y);
        text(x, HEIGHT - BOTTOM + 18, "middle", label(across, share));
        text(LEFT - 8, y + 4, "end", label(up, share));
    }

    private static String label(Axis axis, double share) {
        var value = axis.low() + share * (axis.high() - axis.low());
        var digits = axis.high() - axis.low() > TICKS * 2 ? "%.0f" : "%.2f";
        return String.format(Locale.ROOT, digits, value);
    }

    Chart line(Ink ink, List<Point> points, String name) {
        svg.append("<polyline class=\"%s\" points=\"%s\"/>%n".formatted(style(ink), places(points)));
        var y = TOP + 16 + LEGEND_LINE * named++;
        stroke(style(ink), WIDTH - RIGHT - 200, y - 4, WIDTH - RIGHT - 172, y - 4);
        text(WIDTH - RIGHT - 166, y, "start", name);
        return this;
    }

    /** The area between two lines over the same places across. */
    Chart band(Ink ink, List<Point> low, List<Point> high) {
        var back = new ArrayList<>(high);
        Collections.reverse(back);
        svg.append("<polygon class=\"band %s\" points=\"%s %s\"/>%n".formatted(style(ink), places(low), places(back)));
        return this;
    }

    /** A mark with an interval up and down. */
    Chart mark(Point point, double low, double high) {
        stroke("model", x(point.across()), y(low), x(point.across()), y(high));
        svg.append("<circle class=\"mark\" cx=\"%s\" cy=\"%s\" r=\"4\"/>%n"
                .formatted(place(x(point.across())), place(y(point.up()))));
        return this;
    }

    /** A bar from the bottom. */
    Chart bar(double from, double to, double height) {
        svg.append("<rect class=\"mark\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>%n"
                .formatted(
                        place(x(from) + 1),
                        place(y(height)),
                        place(x(to) - x(from) - 2),
                        place(y(up.low()) - y(height))));
        return this;
    }

    private void stroke(String style, double fromX, double fromY, double toX, double toY) {
        svg.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
                .formatted(style, place(fromX), place(fromY), place(toX), place(toY)));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n"
                .formatted(place(x), place(y), anchor, Markup.escaped(text)));
    }

    private String places(List<Point> points) {
        return points.stream()
                .map(point -> place(x(point.across())) + "," + place(y(point.up())))
                .collect(Collectors.joining(" "));
    }

    private double x(double value) {
        return LEFT + across.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String place(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private static String style(Ink ink) {
        return ink.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "<figure>" + svg + "</svg></figure>\n";
    }
}
