// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a variant's samples into repetitions. In each pass over the topic the beginning (start of the
 * job, filling of its state) and the very end are left out; a repetition that a short pass cannot
 * fill goes on in the next one. Repetitions count from the first two neighbours on that agree within
 * 10 %; after some that do not, the last ones count, and {@link #settled()} says so.
 */
final class Repetitions {
    private static final double AGREEMENT = 0.10;
    private static final int MOST_UNSETTLED = 4;
    private static final double BEGINNING = 0.02;
    private static final double MOST_BEGINNING = 1e6;
    private static final double FILLED = 0.40;
    private static final double END = 0.98;

    private final long windowNanos;
    private final long skipNanos;
    private final long total;
    private final int wanted;
    private final List<Repetition> all = new ArrayList<>();
    private Repetition open = Repetition.NONE;
    private Sample passBegin;
    private Sample last;

    /**
     * Total: events of the topic. Left out of each pass: its first 2 % where skipNanos is 0, else so much
     * time, or 40 % if those are sooner over.
     */
    Repetitions(long windowNanos, long skipNanos, long total, int wanted) {
        this.windowNanos = windowNanos;
        this.skipNanos = skipNanos;
        this.total = total;
        this.wanted = wanted;
    }

    /** A pass over the topic begins. */
    void onPass() {
        passBegin = null;
        last = null;
    }

    void onSample(Sample sample) {
        if (sample.records() == 0) {
            return;
        }
        if (passBegin == null) {
            passBegin = sample;
        }
        if (!hasBegun(sample) || sample.records() > END * total) {
            return;
        }
        if (last != null) {
            open = open.plus(last, sample);
        }
        last = sample;
        if (open.nanos() >= windowNanos) {
            all.add(open);
            open = Repetition.NONE;
        }
    }

    private boolean hasBegun(Sample sample) {
        return skipNanos == 0
                ? sample.records() >= Math.min(BEGINNING * total, MOST_BEGINNING)
                : sample.nanos() - passBegin.nanos() >= skipNanos
                        || sample.records() >= FILLED * total;
    }

    /** The time is up: what there is of an open repetition counts if there is no other. */
    void timeIsUp() {
        if (all.isEmpty() && open.records() > 0) {
            all.add(open);
        }
    }

    boolean isDone() {
        return measured().size() >= wanted;
    }

    /** Those that count so far; none before two agreed or there were too many that did not. */
    List<Repetition> measured() {
        int from = firstSettled();
        if (from >= 0) {
            return all.subList(from, all.size());
        }
        return all.size() >= MOST_UNSETTLED + wanted ? lastOnes() : List.of();
    }

    /** Those that count when no more will come. */
    List<Repetition> measuredInTheEnd() {
        return settled() ? measured() : lastOnes();
    }

    private List<Repetition> lastOnes() {
        return all.subList(Math.max(0, all.size() - wanted), all.size());
    }

    /** Whether two neighbours agreed. */
    boolean settled() {
        return firstSettled() >= 0;
    }

    private int firstSettled() {
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).agrees(all.get(i - 1), AGREEMENT)) {
                return i - 1;
            }
        }
        return -1;
    }
}
