package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a run's losses as an SVG picture: nats a note, or a benchmark's symbol, against minutes of
 * training. Validations that read whole pieces stand apart from those that read their beginnings,
 * which cost another amount.
 */
final class LossCurve {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int BOTTOM = 50;
    private static final int TOP = 40;
    private static final int RIGHT = 20;

    /** One point. */
    record Point(double minutes, double nats) {}

    private LossCurve() {}

    /**
     * The picture.
     *
     * @param glances validations of the pieces' beginnings, a line
     * @param wholes validations of whole pieces, dots
     */
    static String svg(List<Point> training, List<Point> glances, List<Point> wholes) {
        List<Point> all = new ArrayList<>(training);
        all.addAll(glances);
        all.addAll(wholes);
        if (all.isEmpty()) {
            all.add(new Point(1, 1));
        }
        double lastMinute =
                Math.max(1e-3, all.stream().mapToDouble(Point::minutes).max().orElse(1));
        double highest = Math.ceil(all.stream().mapToDouble(Point::nats).max().orElse(1));
        double lowest = Math.floor(all.stream().mapToDouble(Point::nats).min().orElse(0));
        double top = Math.max(highest, lowest + 1);
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <title>Training curve</title>
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="%d" y="22" font-size="15">Negative log-likelihood, nats a note (benchmarks: a symbol)</text>
                """
                        .formatted(WIDTH, HEIGHT, LEFT));
        for (int i = 0; i <= 5; i++) {
            double nats = lowest + (top - lowest) * i / 5;
            double minutes = lastMinute * i / 5;
            double y = y(nats, lowest, top);
            double x = x(minutes, lastMinute);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
                                    + " text-anchor=\"end\">%.2f</text>%n",
                            LEFT,
                            y,
                            WIDTH - RIGHT,
                            LEFT - 8,
                            y + 4,
                            nats));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>%n",
                            x,
                            HEIGHT - BOTTOM + 20,
                            minutes));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">minutes of training</text>%n",
                        (LEFT + WIDTH - RIGHT) / 2,
                        HEIGHT - 8));
        svg.append(line(training, "#8fa8c8", 1, lastMinute, lowest, top));
        svg.append(line(glances, "#c0392b", 2.5, lastMinute, lowest, top));
        for (Point whole : wholes) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#c0392b\"/>%n",
                            x(whole.minutes(), lastMinute),
                            y(whole.nats(), lowest, top)));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" fill=\"#5d7799\">training</text>"
                                + "<text x=\"%d\" y=\"%d\" fill=\"#c0392b\">validation, averaged"
                                + " weights (dots: whole pieces)</text>%n</svg>%n",
                        WIDTH - 430,
                        TOP - 18,
                        WIDTH - 360,
                        TOP - 18));
        return svg.toString();
    }

    private static String line(
            List<Point> points,
            String colour,
            double width,
            double lastMinute,
            double lowest,
            double highest) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.1f %.1f",
                                    x(point.minutes(), lastMinute),
                                    y(point.nats(), lowest, highest)));
        }
        return String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                path,
                colour,
                width);
    }

    private static double x(double minutes, double lastMinute) {
        return LEFT + (WIDTH - LEFT - RIGHT) * minutes / lastMinute;
    }

    private static double y(double nats, double lowest, double highest) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (highest - nats) / (highest - lowest);
    }
}
