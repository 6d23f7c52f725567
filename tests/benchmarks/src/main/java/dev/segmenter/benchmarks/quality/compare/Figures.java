// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Medians, and numbers and rows as the tables have them. */
final class Figures {
    private Figures() {}

    /** Middle value, or the mean of the two; NaN of none. */
    static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double greatest(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** A number with so many decimals; nothing for NaN, "never" for infinity. */
    static String decimals(double value, int digits) {
        if (Double.isNaN(value)) {
            return "";
        }
        return Double.isInfinite(value)
                ? "never"
                : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A share as a percentage of two decimals. */
    static String percent(double share) {
        return Double.isNaN(share) ? "" : decimals(100 * share, 2) + " %";
    }

    /** A speed with two significant digits. */
    static String speed(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
    }

    /** A row of a Markdown table. */
    static String row(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
