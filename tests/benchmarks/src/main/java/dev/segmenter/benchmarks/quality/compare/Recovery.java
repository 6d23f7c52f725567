// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

/** How long a model takes to serve a changed stream well again. */
final class Recovery {
    /** Sum of squares over the reference's that counts as well. */
    static final double LIMIT = 1.05;

    private Recovery() {}

    /**
     * Steps from a change to the first model that is within the limit together with all that follow it,
     * as a multiple of a half-life; infinite if there is none.
     *
     * @param ratios of each step; that of step {@code from} is of the model that has seen no changed
     *     point yet, judged on changed ones
     * @param to the step after the last that counts
     */
    static double halfLives(double[] ratios, int from, int to, int halfLife) {
        int first = to;
        while (first > from && ratios[first - 1] <= LIMIT) {
            first--;
        }
        return first == to ? Double.POSITIVE_INFINITY : (first - from) / (double) halfLife;
    }
}
