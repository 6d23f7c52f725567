// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Points as they are at some moment, with their classes (0 and up).
 *
 * @param points n x d
 * @param classes of the points (n)
 */
record Truth(double[] points, int[] classes, int d) {

    /** The points of all classes but one. */
    Truth without(int gone) {
        int[] kept = IntStream.range(0, classes.length).filter(i -> classes[i] != gone).toArray();
        double[] rest = new double[kept.length * d];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(points, kept[i] * d, rest, i * d, d);
        }
        return new Truth(rest, Arrays.stream(kept).map(i -> classes[i]).toArray(), d);
    }

    /** Means of the classes (classes x d); NaN for one without points. */
    double[] means() {
        int k = Arrays.stream(classes).max().orElseThrow() + 1;
        double[] means = new double[k * d];
        int[] sizes = new int[k];
        for (int i = 0; i < points.length; i++) {
            means[classes[i / d] * d + i % d] += points[i];
        }
        for (int c : classes) {
            sizes[c]++;
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= sizes[i / d];
        }
        return means;
    }

    /** Sum of the squared distances to the means of the classes. */
    double sse() {
        double[] means = means();
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            double difference = points[i] - means[classes[i / d] * d + i % d];
            sum += difference * difference;
        }
        return sum;
    }
}
