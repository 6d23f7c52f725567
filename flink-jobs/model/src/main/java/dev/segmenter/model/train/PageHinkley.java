// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

/**
 * Test for a rise of the mean (E. S. Page, "Continuous inspection schemes", Biometrika 1954; D. V.
 * Hinkley, "Inference about the change-point from cumulative sum tests", Biometrika 1971), one-sided,
 * on values in deviations from their usual mean: the sum of the values less {@value #TOLERANCE} each, over
 * the least that this sum has been (at most 0). At {@value #ALARM} and more it raises an alarm.
 */
final class PageHinkley {
    /** Rise of the mean that is put up with, deviations. */
    static final double TOLERANCE = 0.5;

    static final double ALARM = 15;

    private double statistic;

    PageHinkley() {
        this(0);
    }

    /** Goes on from a statistic. */
    PageHinkley(double statistic) {
        this.statistic = statistic;
    }

    void observe(double deviations) {
        statistic = Math.max(0, statistic + deviations - TOLERANCE);
    }

    double statistic() {
        return statistic;
    }

    boolean alarm() {
        return statistic >= ALARM;
    }

    void reset() {
        statistic = 0;
    }
}
