// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What admit knows of one partition: its greatest event time, and the life clock, from which new
 * incarnations are taken. Each erasure pushes the life clock on by 1 ms, so that a later life of a
 * user always has the greater incarnation.
 */
final class PartitionClock {
    private static final byte VERSION = 1;

    private final int partition;
    private long greatest;
    private long life;

    PartitionClock(int partition) {
        this(partition, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private PartitionClock(int partition, long greatest, long life) {
        this.partition = partition;
        this.greatest = greatest;
        this.life = life;
    }

    int partition() {
        return partition;
    }

    boolean isLate(long time, long lateness) {
        return greatest != Long.MIN_VALUE && time < greatest - lateness;
    }

    String lateness(long time) {
        return "event_time: "
                + Instant.ofEpochMilli(time)
                + " is late; partition "
                + partition
                + " has reached "
                + Instant.ofEpochMilli(greatest);
    }

    /** Takes note of an event and returns the incarnation that a life beginning with it would get. */
    long advance(long time) {
        greatest = Math.max(greatest, time);
        life = Math.max(life, greatest);
        return life;
    }

    /** The event time up to which an erasure here finds everything; later lives begin after it. */
    long eraseAt() {
        if (life == Long.MIN_VALUE) {
            return 0;
        }
        long now = life;
        life = now + 1;
        return now;
    }

    static PartitionClock later(PartitionClock a, PartitionClock b) {
        return a.life >= b.life ? a : b;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(1 + Integer.BYTES + 2 * Long.BYTES)
                .put(VERSION)
                .putInt(partition)
                .putLong(greatest)
                .putLong(life)
                .array();
    }

    static PartitionClock read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "partition clock of version " + version + "; this release reads " + VERSION);
        }
        return new PartitionClock(buffer.getInt(), buffer.getLong(), buffer.getLong());
    }
}
