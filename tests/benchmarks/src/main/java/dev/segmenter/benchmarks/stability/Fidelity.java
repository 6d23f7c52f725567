// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import java.time.Duration;

/**
 * How well membership fits while nobody moves: over the time that users spend in segments, the share
 * in one that is not their nearest, and by how much farther its centroid is than the nearest.
 */
final class Fidelity {
    private static final double DAY = Duration.ofDays(1).toMillis();

    private double time;
    private double misplaced;
    private double own;
    private double nearest;

    /** Some time, ms, at these distances to the centroid of the user's segment and to the nearest. */
    void add(long span, double ownDistance, double nearestDistance) {
        time += span;
        misplaced += ownDistance > nearestDistance ? span : 0;
        own += span * ownDistance;
        nearest += span * nearestDistance;
    }

    /** Days that users have spent in segments, all together. */
    double userDays() {
        return time / DAY;
    }

    /** Share of the time in a segment that is not the nearest. */
    double misplacedShare() {
        return misplaced / time;
    }

    /** Mean distance to the own centroid over that to the nearest, less 1. */
    double excess() {
        return own / nearest - 1;
    }
}
