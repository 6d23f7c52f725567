// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The segments' colours for readers with full and with deficient colour vision. */
class PaletteTest {
    /** Contrast that WCAG 2.1 asks of graphics. */
    private static final double LEAST_CONTRAST = 3;

    /** A difference of CIE Lab colours (CIE 1976) that is seen at a glance; 2.3 is just noticeable. */
    private static final double LEAST_DIFFERENCE = 15;

    /** Linear sRGB to CIE XYZ, relative to the white of D65. */
    private static final RealMatrix TO_XYZ =
            matrix(
                    0.4124 / 0.9505,
                    0.3576 / 0.9505,
                    0.1805 / 0.9505,
                    0.2126,
                    0.7152,
                    0.0722,
                    0.0193 / 1.0888,
                    0.1192 / 1.0888,
                    0.9505 / 1.0888);

    /** Full vision, then dichromats as simulated by Machado, Oliveira and Fernandes (2009). */
    private static final List<RealMatrix> VISIONS =
            List.of(
                    matrix(1, 0, 0, 0, 1, 0, 0, 0, 1),
                    matrix(
                            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882,
                            -0.048116, 1.051998),
                    matrix(
                            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820,
                            0.042940, 0.968881),
                    matrix(
                            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733,
                            0.691367, 0.303900));

    @ParameterizedTest
    @CsvSource({"light, #ffffff", "dark, #1a2129"})
    void palette_anyTwoColours_differForEveryEyeAndFromThePage(String theme, String surface)
            throws IOException {
        List<String> palette = palette(theme);

        assertThat(palette).hasSize(8);
        for (String colour : palette) {
            assertThat(contrast(colour, surface)).as(colour).isGreaterThan(LEAST_CONTRAST);
            for (String other : palette.subList(0, palette.indexOf(colour))) {
                for (RealMatrix vision : VISIONS) {
                    assertThat(difference(colour, other, vision))
                            .as("%s and %s", colour, other)
                            .isGreaterThan(LEAST_DIFFERENCE);
                }
            }
        }
    }

    private static List<String> palette(String theme) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("charts.js")) {
            String script = new String(in.readAllBytes(), UTF_8);
            String line = script.lines().filter(l -> l.contains(theme + ": [")).findFirst().get();
            return Pattern.compile("#[0-9a-f]{6}")
                    .matcher(line)
                    .results()
                    .map(MatchResult::group)
                    .toList();
        }
    }

    private static double difference(String one, String other, RealMatrix vision) {
        double[] a = lab(vision.operate(linear(one)));
        double[] b = lab(vision.operate(linear(other)));
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    private static double contrast(String one, String other) {
        double a = TO_XYZ.operate(linear(one))[1];
        double b = TO_XYZ.operate(linear(other))[1];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double[] linear(String colour) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] lab(double[] rgb) {
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.max(0, Math.min(1, rgb[i]));
        }
        double[] xyz = TO_XYZ.operate(seen);
        double x = cube(xyz[0]);
        double y = cube(xyz[1]);
        double z = cube(xyz[2]);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double cube(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static RealMatrix matrix(double... rows) {
        double[][] matrix = new double[3][3];
        for (int i = 0; i < rows.length; i++) {
            matrix[i / 3][i % 3] = rows[i];
        }
        return new Array2DRowRealMatrix(matrix);
    }
}
