package org.auspex.imaging.measures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The convex hull of points (Andrew's monotone chain), of which the greatest distances are those of all points. */
record Hull(List<Point> corners) {

    record Point(double x, double y) {}

    record Line(Point from, Point to) {
        double length() {
            return Math.hypot(to.x() - from.x(), to.y() - from.y());
        }
    }

    static Hull of(List<Point> points) {
        var sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        var corners = new ArrayList<>(half(sorted));
        var backwards = new ArrayList<>(sorted);
        Collections.reverse(backwards);
        corners.addAll(half(backwards));
        return new Hull(List.copyOf(corners));
    }

    private static List<Point> half(List<Point> sorted) {
        var chain = new ArrayList<Point>();
        for (var point : sorted) {
            while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.get(chain.size() - 1), point) <= 0) {
                chain.remove(chain.size() - 1);
            }
            chain.add(point);
        }
        return chain;
    }

    private static double turn(Point a, Point b, Point c) {
        return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
    }

    /** The longest line between two corners. */
    Line diameter() {
        var longest = new Line(corners.get(0), corners.get(0));
        for (var from : corners) {
            for (var to : corners) {
                var line = new Line(from, to);
                longest = line.length() > longest.length() ? line : longest;
            }
        }
        return longest;
    }

    /** The extent at right angles to a line. */
    double across(Line line) {
        var x = -(line.to().y() - line.from().y()) / line.length();
        var y = (line.to().x() - line.from().x()) / line.length();
        var heights = corners.stream()
                .mapToDouble(point -> point.x() * x + point.y() * y)
                .summaryStatistics();
        return heights.getMax() - heights.getMin();
    }
}
