// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * Places of the cache by the time at which they are due: a hierarchical timing wheel (G. Varghese, T. Lauck, "Hashed
 * and hierarchical timing wheels", SOSP 1987). Time is a number of eight digits of eight bits; a place lies in the
 * bucket of the highest digit in which its time differs from the time that has passed, and moves to a lower one each
 * time that passes into its bucket, three times as a rule. A heap would look for a way through all places that wait,
 * which are in no cache of the processor.
 *
 * <p>A bucket is a list of blocks in arrays that all share, so that places of one bucket lie side by side.
 */
final class DueUsers {
    private static final int DIGIT_BITS = 8;
    private static final int BUCKETS = 1 << DIGIT_BITS;
    private static final int DIGITS = Long.SIZE / DIGIT_BITS;
    private static final int BLOCK = 32;
    private static final int INITIAL_BLOCKS = 32;
    private static final int NONE = -1;

    /** By digit and its value: the block filled last, and how many places are in it. */
    private final int[] lastBlock = new int[DIGITS * BUCKETS];

    private final int[] filled = new int[DIGITS * BUCKETS];

    // Of all blocks: times, places, and the block filled before in the same bucket, or the next
    // free one.
    private long[] times = new long[INITIAL_BLOCKS * BLOCK];
    private int[] places = new int[INITIAL_BLOCKS * BLOCK];
    private int[] before = new int[INITIAL_BLOCKS];
    private int freeBlock;
    private int blocks;

    // Due already, in the order in which they are taken.
    private long[] dueTimes = new long[BLOCK];
    private int[] duePlaces = new int[BLOCK];
    private int taken;
    private int due;

    private int waiting;
    private long passed = Long.MIN_VALUE;

    DueUsers() {
        clear();
    }

    int size() {
        return waiting + due - taken;
    }

    /** Places that there is room for, those in use included; those already due apart. */
    int room() {
        return places.length;
    }

    void add(long time, int place) {
        if (time <= passed) {
            addDue(time, place);
            return;
        }
        int digit = highestDifferingDigit(time, passed);
        put(digit * BUCKETS + digitOf(time, digit), time, place);
    }

    /** Time passes: whoever is due up to then, ms, can be taken. */
    void passTo(long time) {
        if (time <= passed) {
            return;
        }
        int digit = highestDifferingDigit(time, passed);
        int end = digit * BUCKETS + digitOf(time, digit);
        passed = time;
        for (int bucket = 0; bucket <= end; bucket++) {
            release(bucket);
        }
    }

    /** Whether someone can be taken. */
    boolean isAnyDue() {
        return taken < due;
    }

    /** When the one who is taken next was due, ms; one must be there. */
    long nextTime() {
        return dueTimes[taken];
    }

    /** Takes one of those due. Of those that became due at once the earlier ones come first only by and large. */
    int take() {
        int place = duePlaces[taken++];
        if (taken == due) {
            taken = 0;
            due = 0;
        }
        return place;
    }

    void clear() {
        Arrays.fill(lastBlock, NONE);
        freeBlock = NONE;
        blocks = 0;
        waiting = 0;
        taken = 0;
        due = 0;
    }

    /** Empties a bucket; those that are not due yet find another one. */
    private void release(int bucket) {
        int block = lastBlock[bucket];
        if (block == NONE) {
            return;
        }
        int count = filled[bucket];
        lastBlock[bucket] = NONE;
        while (block != NONE) {
            waiting -= count;
            for (int i = block * BLOCK; i < block * BLOCK + count; i++) {
                add(times[i], places[i]);
            }
            int next = before[block];
            before[block] = freeBlock;
            freeBlock = block;
            block = next;
            count = BLOCK;
        }
    }

    private void addDue(long time, int place) {
        if (due == dueTimes.length) {
            dueTimes = Arrays.copyOf(dueTimes, 2 * due);
            duePlaces = Arrays.copyOf(duePlaces, 2 * due);
        }
        dueTimes[due] = time;
        duePlaces[due++] = place;
    }

    private void put(int bucket, long time, int place) {
        if (lastBlock[bucket] == NONE || filled[bucket] == BLOCK) {
            int block = takeBlock();
            before[block] = lastBlock[bucket];
            lastBlock[bucket] = block;
            filled[bucket] = 0;
        }
        int at = lastBlock[bucket] * BLOCK + filled[bucket]++;
        times[at] = time;
        places[at] = place;
        waiting++;
    }

    private int takeBlock() {
        if (freeBlock != NONE) {
            int block = freeBlock;
            freeBlock = before[block];
            return block;
        }
        if (blocks == before.length) {
            times = Arrays.copyOf(times, 2 * times.length);
            places = Arrays.copyOf(places, 2 * places.length);
            before = Arrays.copyOf(before, 2 * before.length);
        }
        return blocks++;
    }

    private static int highestDifferingDigit(long a, long b) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(a ^ b)) / DIGIT_BITS;
    }

    /** The highest digit as if times were never negative, so that digits are in the order of times. */
    private static int digitOf(long time, int digit) {
        return (int) ((time ^ Long.MIN_VALUE) >>> digit * DIGIT_BITS) & BUCKETS - 1;
    }
}
