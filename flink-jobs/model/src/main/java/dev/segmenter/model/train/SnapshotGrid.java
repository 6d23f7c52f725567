// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

/** When snapshots are made and from when on they decide, event time, ms. */
final class SnapshotGrid {
    private final long interval;
    private final long activationDelay;

    SnapshotGrid(TrainerOptions options) {
        this.interval = options.snapshotInterval().toMillis();
        this.activationDelay = options.activationDelay().toMillis();
    }

    /** Greatest boundary at or before a moment. */
    long boundary(long time) {
        return Math.floorDiv(time, interval) * interval;
    }

    /** Least boundary after a moment. */
    long next(long time) {
        return boundary(time) + interval;
    }

    long effectiveFrom(long boundary) {
        return boundary + activationDelay;
    }
}
