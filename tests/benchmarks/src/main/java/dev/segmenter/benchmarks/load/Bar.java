// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.Locale;

/**
 * What a figure must reach.
 *
 * @param value NaN if it was not measured
 * @param atLeast whether the limit is a floor, else a ceiling
 */
record Bar(String name, double value, double limit, boolean atLeast) {

    boolean isReached() {
        return atLeast ? value >= limit : value <= limit;
    }

    /** A line of a table: what, required, measured, verdict. */
    String toRow() {
        String verdict = Double.isNaN(value) ? "not measured" : isReached() ? "reached" : "missed";
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s |",
                name,
                atLeast ? "at least" : "at most",
                number(limit),
                Double.isNaN(value) ? "" : number(value),
                verdict);
    }

    /** Three digits that count. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
