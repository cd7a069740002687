package org.partita.trainer.samples;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Small pictures as SVG. */
final class Plot {

    static final String OURS = "#c0392b";
    static final String THEIRS = "#5d7799";

    private static final int WIDTH = 360;
    private static final int HEIGHT = 220;
    private static final int LEFT = 46;
    private static final int RIGHT = 14;
    private static final int TOP = 44;
    private static final int BOTTOM = 26;
    private static final int BINS = 24;

    private final Formatter svg = new Formatter(Locale.ROOT);
    private final double lowX;
    private final double highX;
    private final double lowY;
    private final double highY;

    private Plot(String title, double lowX, double highX, double lowY, double highY) {
        this.lowX = lowX;
        this.highX = highX > lowX ? highX : lowX + 1;
        this.lowY = lowY;
        this.highY = highY > lowY ? highY : lowY + 1;
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"11\"><title>%s</title>"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>"
                        + "<text x=\"%d\" y=\"17\" font-size=\"13\">%s</text>",
                WIDTH, HEIGHT, title, LEFT, title);
        svg.format(
                "<text x=\"%d\" y=\"34\" fill=\"%s\">composed</text>"
                        + "<text x=\"%d\" y=\"34\" fill=\"%s\">real</text>",
                LEFT, OURS, LEFT + 70, THEIRS);
        for (int i = 0; i <= 4; i++) {
            double x = this.lowX + (this.highX - this.lowX) * i / 4;
            double y = this.lowY + (this.highY - this.lowY) * i / 4;
            svg.format(
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    LEFT,
                    y(y),
                    WIDTH - RIGHT,
                    LEFT - 5,
                    y(y) + 4,
                    label(y),
                    x(x),
                    HEIGHT - 8,
                    label(x));
        }
    }

    /** How often values fall into equal bins, as shares of each sample. */
    static String histogram(String title, double[] ours, double[] theirs) {
        double low = Math.min(least(ours), least(theirs));
        double high = Math.max(greatest(ours), greatest(theirs));
        double[] ourBins = bins(ours, low, high);
        double[] theirBins = bins(theirs, low, high);
        Plot plot = new Plot(title, low, high, 0, Math.max(greatest(ourBins), greatest(theirBins)));
        plot.steps(theirBins, THEIRS);
        plot.steps(ourBins, OURS);
        return plot.end();
    }

    /** Two series against 1, 2, 3... */
    static String lines(String title, List<Double> ours, List<Double> theirs, List<Double> band) {
        double low = band.get(0);
        double high = band.get(1);
        for (double value : ours) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        Plot plot = new Plot(title, 1, Math.max(ours.size(), theirs.size()), low, high);
        plot.svg.format(
                "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\""
                        + " opacity=\"0.12\"/>",
                LEFT,
                plot.y(band.get(1)),
                WIDTH - LEFT - RIGHT,
                plot.y(band.get(0)) - plot.y(band.get(1)),
                THEIRS);
        plot.line(theirs, THEIRS);
        plot.line(ours, OURS);
        return plot.end();
    }

    private void steps(double[] bins, String colour) {
        Formatter path = new Formatter(Locale.ROOT);
        double bin = (highX - lowX) / bins.length;
        for (int i = 0; i < bins.length; i++) {
            path.format(
                    "%s%.1f %.1fH%.1f",
                    i == 0 ? "M" : "L", x(lowX + i * bin), y(bins[i]), x(lowX + (i + 1) * bin));
        }
        svg.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
    }

    private void line(List<Double> values, String colour) {
        Formatter path = new Formatter(Locale.ROOT);
        for (int i = 0; i < values.size(); i++) {
            double value = Math.clamp(values.get(i), lowY, highY);
            path.format("%s%.1f %.1f", i == 0 ? "M" : "L", x(i + 1), y(value));
        }
        svg.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
    }

    private String end() {
        return svg.format("</svg>\n").toString();
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - lowX) / (highX - lowX);
    }

    private double y(double value) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (highY - value) / (highY - lowY);
    }

    private static double[] bins(double[] values, double low, double high) {
        double[] bins = new double[BINS];
        double width = high > low ? (high - low) / BINS : 1;
        for (double value : values) {
            bins[Math.min(BINS - 1, (int) ((value - low) / width))] += 1.0 / values.length;
        }
        return bins;
    }

    private static double least(double[] values) {
        return Sample.of(values).quantile(0);
    }

    private static double greatest(double[] values) {
        return Sample.of(values).quantile(1);
    }

    private static String label(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
