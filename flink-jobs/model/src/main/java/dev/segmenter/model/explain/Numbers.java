// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import java.util.Locale;

/** Numbers for people: about two digits, the same in every locale, never in scientific notation. */
final class Numbers {
    /** Decimals added where two numbers would read the same. */
    static final int FINE = 2;

    private static final double THOUSANDS_END = 999_999.5;
    private static final String[] SCALES = {"million", "billion", "trillion"};

    private Numbers() {}

    /** For example 0, less than 0.01, 0.04, 3.1, 12, 1,240, 2.5 million. */
    static String of(double value) {
        return of(value, 0);
    }

    /** A share in percent, for example 35 %. */
    static String percent(double share) {
        return of(100 * share) + " %";
    }

    /** The same with some decimals more than usual. */
    static String of(double value, int moreDecimals) {
        if (value < 0) {
            return "-" + of(-value, moreDecimals);
        }
        if (value == 0) {
            return "0";
        }
        if (value < 0.01 && moreDecimals == 0) {
            return "less than 0.01";
        }
        if (value < 0.095) {
            return rounded(value, 2 + moreDecimals);
        }
        if (value < 9.95) {
            return rounded(value, 1 + moreDecimals);
        }
        return value < THOUSANDS_END
                ? rounded(value, moreDecimals)
                : scaled(value / 1e6, moreDecimals);
    }

    private static String scaled(double millions, int moreDecimals) {
        double scaled = millions;
        for (String scale : SCALES) {
            if (scaled < 999.95) {
                return rounded(scaled, 1 + moreDecimals) + " " + scale;
            }
            scaled /= 1000;
        }
        return "more than 999 trillion";
    }

    private static String rounded(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
