package io.points.bench;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** What was measured, drawn: throughput, latency and processor time, each for a light and for a dark page. */
final class Charts {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final float LINE = 2.5f;
    private static final Pattern CHOSEN_AT_RANDOM = Pattern.compile("clip-?\\d+");

    /** Okabe and Ito's colours, which people who see few colours can tell apart, without the black one. */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xE69F00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xD55E00),
        new Color(0x999999),
        new Color(0xB8A800)
    };

    private final Map<String, Map<String, List<Double>>> throughput = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> latency = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> cost = new LinkedHashMap<>();

    /** How many awards per second somebody has done for that many callers. */
    void throughput(String who, int callers, double perSecond) {
        add(throughput, who, Integer.toString(callers), perSecond);
    }

    /** How long awards have taken. */
    void latency(String which, Sample sample) {
        for (double percentile : PERCENTILES) {
            add(
                    latency,
                    which,
                    "p" + String.format(Locale.ROOT, percentile == Math.rint(percentile) ? "%.0f" : "%.1f", percentile),
                    sample.millis(percentile));
        }
    }

    /** What an award has cost. */
    void cost(String which, Measured measured) {
        measured.settled().micros(measured.sample().awards()).forEach((part, micros) -> add(cost, part, which, micros));
    }

    private static void add(
            Map<String, Map<String, List<Double>>> values, String series, String category, double value) {
        values.computeIfAbsent(series, key -> new LinkedHashMap<>())
                .computeIfAbsent(category, key -> new ArrayList<>())
                .add(value);
    }

    private static CategoryDataset medians(Map<String, Map<String, List<Double>>> values) {
        var medians = new DefaultCategoryDataset();
        values.forEach((series, categories) ->
                categories.forEach((category, all) -> medians.addValue(Ratios.median(all), series, category)));
        return medians;
    }

    /**
     * Writes {@code NAME-throughput.svg}, {@code NAME-throughput-dark.svg} and so on; what was not measured is not drawn.
     *
     * @throws IOException if the folder cannot be written to
     */
    void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        for (var page : Page.values()) {
            if (!throughput.isEmpty()) {
                var lines =
                        ChartFactory.createLineChart("awards per second", "callers at once", null, medians(throughput));
                lines(lines);
                svg(lines, page, folder.resolve(name + "-throughput" + page.suffix + ".svg"));
            }
            if (!latency.isEmpty()) {
                var lines = ChartFactory.createLineChart("ms until the answer was read", null, null, medians(latency));
                lines(lines);
                var axis = new LogarithmicAxis(null);
                axis.setExpTickLabelsFlag(false);
                axis.setLog10TickLabelsFlag(false);
                axis.setAutoRangeNextLogFlag(true);
                axis.setStrictValuesFlag(false);
                lines.getCategoryPlot().setRangeAxis(axis);
                svg(lines, page, folder.resolve(name + "-latency" + page.suffix + ".svg"));
            }
            if (!cost.isEmpty()) {
                var bars =
                        ChartFactory.createStackedBarChart("µs of processor time per award", null, null, medians(cost));
                bars(bars);
                svg(bars, page, folder.resolve(name + "-processor" + page.suffix + ".svg"));
            }
        }
    }

    private enum Page {
        LIGHT("", new Color(0x1F2328), new Color(0xD1D9E0)),
        DARK("-dark", new Color(0xE6EDF3), new Color(0x3D444D));

        private final String suffix;
        private final Color text;
        private final Color rule;

        Page(String suffix, Color text, Color rule) {
            this.suffix = suffix;
            this.text = text;
            this.rule = rule;
        }
    }

    private static void lines(JFreeChart chart) {
        var renderer = (LineAndShapeRenderer) chart.getCategoryPlot().getRenderer();
        renderer.setDefaultShapesVisible(true);
        for (int i = 0; i < chart.getCategoryPlot().getDataset().getRowCount(); i++) {
            renderer.setSeriesPaint(i, COLOURS[i % COLOURS.length]);
            renderer.setSeriesStroke(i, new BasicStroke(LINE));
        }
    }

    private static void bars(JFreeChart chart) {
        var renderer = (StackedBarRenderer) chart.getCategoryPlot().getRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setMaximumBarWidth(0.12);
        for (int i = 0; i < chart.getCategoryPlot().getDataset().getRowCount(); i++) {
            renderer.setSeriesPaint(i, COLOURS[i % COLOURS.length]);
        }
    }

    /** The page shines through, and the letters are the reader's own. */
    private static void svg(JFreeChart chart, Page page, Path file) throws IOException {
        var font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        chart.setBackgroundPaint(null);
        chart.getTitle().setFont(font);
        chart.getTitle().setPaint(page.text);
        chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
        chart.getLegend().setBackgroundPaint(null);
        chart.getLegend().setItemPaint(page.text);
        chart.getLegend().setItemFont(font);
        chart.getLegend().setFrame(BlockBorder.NONE);
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(page.rule);
        for (var axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
            axis.setLabelPaint(page.text);
            axis.setTickLabelPaint(page.text);
            axis.setAxisLinePaint(page.rule);
            axis.setLabelFont(font);
            axis.setTickLabelFont(font);
        }
        var graphics = new VectorGraphics2D();
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        var written = new ByteArrayOutputStream();
        new SVGProcessor()
                .getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
                .writeTo(written);
        var text = written.toString(StandardCharsets.UTF_8);
        Files.writeString(
                file,
                named(text).replaceFirst("<svg ", "<svg font-family=\"system-ui, sans-serif\" font-size=\"13px\" "));
    }

    /** Clip paths have names by chance; the same figures make the same file. */
    private static String named(String svg) {
        var names = new LinkedHashMap<String, String>();
        return CHOSEN_AT_RANDOM
                .matcher(svg)
                .replaceAll(found -> names.computeIfAbsent(found.group(), key -> "c" + names.size()));
    }
}
