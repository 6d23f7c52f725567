// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How unevenly users act: draws users 0 .. n-1, of which 0 acts most. Vose's alias method (1991): constant time. */
public final class Skew {
    private final double[] threshold;
    private final int[] alias;
    private final double topShare;

    private Skew(double[] weights) {
        int n = weights.length;
        double sum = Arrays.stream(weights).sum();
        topShare = weights[0] / sum;
        threshold = new double[n];
        alias = new int[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] / sum * n;
            if (scaled[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int low = small[--smalls];
            int high = large[--larges];
            threshold[low] = scaled[low];
            alias[low] = high;
            scaled[high] -= 1 - scaled[low];
            if (scaled[high] < 1) {
                small[smalls++] = high;
            } else {
                large[larges++] = high;
            }
        }
        while (larges > 0) {
            threshold[large[--larges]] = 1;
        }
        while (smalls > 0) {
            threshold[small[--smalls]] = 1;
        }
    }

    /** uniform, zipf:EXPONENT (weight 1 / rank^exponent) or top:SHARE (one user with it, the others alike). */
    static Skew parse(String text, int users) {
        double[] weights = new double[users];
        if (text.equals("uniform")) {
            Arrays.fill(weights, 1);
        } else if (text.startsWith("zipf:")) {
            double exponent = number(text, 0, 10);
            Arrays.setAll(weights, rank -> Math.pow(rank + 1.0, -exponent));
        } else if (text.startsWith("top:")) {
            double share = number(text, 0, 1);
            Arrays.fill(weights, (1 - share) / Math.max(1, users - 1));
            weights[0] = share;
        } else {
            throw new IllegalArgumentException("use uniform, zipf:EXPONENT or top:SHARE");
        }
        return new Skew(weights);
    }

    private static double number(String text, double above, double below) {
        double number = Double.parseDouble(text.substring(text.indexOf(':') + 1));
        if (!(number > above && number < below)) {
            throw new IllegalArgumentException("must lie between " + above + " and " + below);
        }
        return number;
    }

    /** The expected share of the events that user 0 has. */
    double topShare() {
        return topShare;
    }

    /** Who acts next. */
    int draw(SplittableRandom random) {
        int i = random.nextInt(alias.length);
        return random.nextDouble() < threshold[i] ? i : alias[i];
    }
}
