// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Overflowing event ids of one user in memory: a hash table with open addressing, 32 to 64 bytes an id. It knows
 * what was added since it was written last, so that a part need not be written again.
 */
public final class EventIdTable implements OverflowIds {
    private static final int FORMAT = 1;
    private static final int LEAST_PLACES = 16;
    private static final long[] NONE = {};

    /** By place; a place is free where the time is {@link Aggregate#NEVER}. */
    private long[] hashes;

    private long[] times;
    private int size;

    /** Hashes and times in turn of what was added since the last writing, if nothing else happened. */
    private long[] added = NONE;

    private int addedLongs;
    private boolean whole;

    public EventIdTable() {
        allocate(LEAST_PLACES);
    }

    /** Number of ids. */
    public int size() {
        return size;
    }

    /** Bytes on the heap, about. */
    public int heapBytes() {
        return 96 + Long.BYTES * (2 * times.length + added.length);
    }

    /** True if nothing happened since it was written or read. */
    public boolean isWritten() {
        return !whole && addedLongs == 0;
    }

    /** True if what was written before is not part of what is held any more. */
    public boolean mustReplace() {
        return whole;
    }

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        if (!add(eventIdHash, eventTime)) {
            return false;
        }
        if (!whole) {
            noteAdded(eventIdHash, eventTime);
        }
        return true;
    }

    @Override
    public void dropBefore(long eventTime) {
        int kept = 0;
        for (long time : times) {
            kept += time != Aggregate.NEVER && time >= eventTime ? 1 : 0;
        }
        if (kept < size) {
            resize(Math.max(LEAST_PLACES, Integer.highestOneBit(kept) * 4), eventTime);
            replaceAll();
        }
    }

    /**
     * Appends what is to be kept beside what was written before, or in its place if {@link #mustReplace}: a
     * format byte, the number, of each id its hash and the distance of its time from the one before.
     */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        if (whole) {
            writeAll(out);
        } else {
            writeAdded(out);
        }
        whole = false;
        addedLongs = 0;
    }

    /** Adds what {@link #write} wrote once; throws IOException on corrupt bytes. */
    public void readMore(DataInput in) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException(
                    "event ids have format "
                            + format
                            + ", this release reads "
                            + FORMAT
                            + "; restore them with the release that wrote them");
        }
        int count = Varints.readSize(in);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long hash = in.readLong();
            previous += Varints.readSigned(in);
            add(hash, previous);
        }
    }

    private void writeAll(DataOutput out) throws IOException {
        Varints.writeUnsigned(out, size);
        long previous = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] != Aggregate.NEVER) {
                out.writeLong(hashes[i]);
                Varints.writeSigned(out, times[i] - previous);
                previous = times[i];
            }
        }
    }

    private void writeAdded(DataOutput out) throws IOException {
        Varints.writeUnsigned(out, addedLongs / 2);
        long previous = 0;
        for (int i = 0; i < addedLongs; i += 2) {
            out.writeLong(added[i]);
            Varints.writeSigned(out, added[i + 1] - previous);
            previous = added[i + 1];
        }
    }

    private boolean add(long hash, long time) {
        int place = placeOf(hash);
        if (times[place] != Aggregate.NEVER) {
            return false;
        }
        hashes[place] = hash;
        times[place] = time;
        size++;
        if (size > times.length / 2) {
            resize(times.length * 2, Long.MIN_VALUE);
        }
        return true;
    }

    /** Once much was added, writing all is as cheap, and what was written before vanishes. */
    private void noteAdded(long hash, long time) {
        if (addedLongs > size) {
            replaceAll();
            return;
        }
        if (addedLongs == added.length) {
            added = Arrays.copyOf(added, Math.max(LEAST_PLACES, added.length * 2));
        }
        added[addedLongs++] = hash;
        added[addedLongs++] = time;
    }

    private void replaceAll() {
        whole = true;
        addedLongs = 0;
        added = NONE;
    }

    private int placeOf(long hash) {
        int last = times.length - 1;
        int place = (int) (hash ^ hash >>> Integer.SIZE) & last;
        while (times[place] != Aggregate.NEVER && hashes[place] != hash) {
            place = place + 1 & last;
        }
        return place;
    }

    private void resize(int places, long oldest) {
        long[] oldHashes = hashes;
        long[] oldTimes = times;
        allocate(places);
        size = 0;
        for (int i = 0; i < oldTimes.length; i++) {
            if (oldTimes[i] != Aggregate.NEVER && oldTimes[i] >= oldest) {
                int place = placeOf(oldHashes[i]);
                hashes[place] = oldHashes[i];
                times[place] = oldTimes[i];
                size++;
            }
        }
    }

    private void allocate(int places) {
        hashes = new long[places];
        times = new long[places];
        Arrays.fill(times, Aggregate.NEVER);
    }
}
