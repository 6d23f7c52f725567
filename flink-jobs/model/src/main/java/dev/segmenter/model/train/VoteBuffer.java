// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Votes that wait for their batch to close. The batch of boundary B takes the times in (B - interval,
 * B]; a vote of a closed batch is late and joins the open one.
 */
final class VoteBuffer {
    /** No boundary: nothing has closed yet, or nothing waits. */
    static final long NONE = Long.MIN_VALUE;

    private final long interval;
    private final int maxVotes;
    private final TreeMap<Long, VoteSample> batches = new TreeMap<>();
    private long closedUpTo = NONE;
    private long votes;
    private long late;
    private long thinned;

    VoteBuffer(long interval, int maxVotes) {
        this.interval = interval;
        this.maxVotes = maxVotes;
    }

    void add(Vote vote) {
        votes++;
        long boundary = boundaryOf(vote.time());
        if (vote.time() <= closedUpTo) {
            late++;
            boundary = closedUpTo + interval;
        }
        VoteSample batch = batches.computeIfAbsent(boundary, b -> new VoteSample(maxVotes));
        long before = batch.leftOut();
        batch.add(vote);
        thinned += batch.leftOut() - before;
    }

    /** Least boundary at or after a moment. */
    long boundaryOf(long time) {
        return Math.multiplyExact(-Math.floorDiv(-time, interval), interval);
    }

    /** Boundary of the earliest batch with votes, or NONE. */
    long firstBoundary() {
        return batches.isEmpty() ? NONE : batches.firstKey();
    }

    /** Takes a batch out; null if it has no votes. */
    VoteSample take(long boundary) {
        closedUpTo = Math.max(closedUpTo, boundary);
        VoteSample batch = batches.remove(boundary);
        if (batch == null) {
            return null;
        }
        settle(batch);
        return batch.size() == 0 ? null : batch;
    }

    private void settle(VoteSample batch) {
        long before = batch.leftOut();
        batch.settle();
        thinned += batch.leftOut() - before;
    }

    /** Everything on the grid up to the watermark is closed from now on. */
    void closeUpTo(long watermark) {
        closedUpTo = Math.max(closedUpTo, Math.floorDiv(watermark, interval) * interval);
    }

    /** Greatest boundary that has closed, or NONE. */
    long closedUpTo() {
        return closedUpTo;
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        batches.values().forEach(this::settle);
        batches.values().forEach(batch -> batch.forget(timeByUser));
        batches.values().removeIf(batch -> batch.size() == 0);
    }

    long votes() {
        return votes;
    }

    long late() {
        return late;
    }

    /** Votes left out; those of an open batch may follow when it closes. */
    long thinned() {
        return thinned;
    }

    void write(DataOutput out) throws IOException {
        batches.values().forEach(this::settle);
        out.writeLong(closedUpTo);
        out.writeLong(votes);
        out.writeLong(late);
        out.writeLong(thinned);
        out.writeInt(batches.size());
        for (Map.Entry<Long, VoteSample> batch : batches.entrySet()) {
            out.writeLong(batch.getKey());
            batch.getValue().write(out);
        }
    }

    static VoteBuffer read(TrainerOptions options, long fingerprint, DataInput in)
            throws IOException {
        VoteBuffer buffer = new VoteBuffer(options.batchInterval().toMillis(), options.maxVotes());
        buffer.closedUpTo = in.readLong();
        buffer.votes = in.readLong();
        buffer.late = in.readLong();
        buffer.thinned = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            buffer.batches.put(in.readLong(), VoteSample.read(options.maxVotes(), fingerprint, in));
        }
        return buffer;
    }

    /** Forgets all waiting votes. */
    void clear() {
        batches.values().forEach(this::settle);
        batches.clear();
    }
}
