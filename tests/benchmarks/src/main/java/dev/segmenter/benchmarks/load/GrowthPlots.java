// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;

/** A plot of throughput for each axis, as PNG. */
final class GrowthPlots {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final double THOUSAND = 1e3;
    private static final Color BARS = new Color(0x4C78A8);

    private GrowthPlots() {}

    /** Writes growth-AXIS.png into a folder. */
    static void write(Map<GrowthCase, LoadRow> rows, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, List<String>> labels = new LinkedHashMap<>();
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        rows.forEach(
                (growth, row) -> {
                    labels.computeIfAbsent(growth.axis(), axis -> new ArrayList<>())
                            .add(growth.value());
                    rates.computeIfAbsent(growth.axis(), axis -> new ArrayList<>())
                            .add((double) Math.round(row.eventsPerSecond() / THOUSAND));
                });
        for (Map.Entry<String, List<String>> axis : labels.entrySet()) {
            CategoryChart chart = chart(axis.getKey());
            chart.addSeries("whole job", axis.getValue(), rates.get(axis.getKey()));
            Path file = folder.resolve(nameOf(axis.getKey()));
            BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        }
    }

    private static String nameOf(String axis) {
        return "growth-" + axis.toLowerCase(Locale.ROOT).replace(' ', '-') + ".png";
    }

    /** Shows them on a page of docs. */
    static String toMarkdown(Map<GrowthCase, LoadRow> rows) {
        return rows.keySet().stream()
                .map(GrowthCase::axis)
                .distinct()
                .map(axis -> "![Throughput by " + axis + "](images/" + nameOf(axis) + ")")
                .collect(Collectors.joining("\n"));
    }

    private static CategoryChart chart(String axis) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .xAxisTitle(axis)
                        .yAxisTitle("thousand events/s")
                        .theme(ChartTheme.Matlab)
                        .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setDecimalPattern("#,###");
        chart.getStyler().setSeriesColors(new Color[] {BARS});
        return chart;
    }
}
