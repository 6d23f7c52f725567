// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Overflowing event ids of one user in memory: a hash table with open addressing, 32 to 128 bytes an id. It knows
 * what was added since it was written last, so that a part need not be written again.
 */
public final class EventIdTable implements OverflowIds {
    private static final int FORMAT = 1;
    private static final int LEAST_PLACES = 16;
    private static final long[] NONE = {};

    /** By place, up to the last, a hash and its time side by side: one wait for memory brings both. */
    private long[] places;

    private int last;
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
        return 96 + Long.BYTES * (2 * (last + 1) + added.length);
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
        for (int place = 0; place <= last; place++) {
            kept += timeAt(place) >= eventTime ? 1 : 0;
        }
        if (kept < size) {
            int needed = Math.max(LEAST_PLACES, Integer.highestOneBit(kept) * 4);
            // A table of twice as many places stays as it is: it would soon be needed again.
            if (2 * needed > last) {
                dropInPlace(eventTime);
            } else {
                resize(needed, eventTime);
            }
            replaceAll();
        }
    }

    /** Ids that {@link #write} would write now. */
    public int unwritten() {
        return whole ? size : addedLongs / 2;
    }

    /**
     * Appends what is to be kept beside what was written before, or in its place if {@link #mustReplace}: a
     * format byte, the number, of each id its hash and the distance of its time from the one before.
     */
    public void write(DataOutput out) throws IOException {
        copy(out);
        whole = false;
        addedLongs = 0;
    }

    /** Appends the same, which stays unwritten. */
    public void copy(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        if (whole) {
            writeAll(out);
        } else {
            writeAdded(out);
        }
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
        for (int place = 0; place <= last; place++) {
            if (isHeld(place)) {
                long time = timeAt(place);
                out.writeLong(hashAt(place));
                Varints.writeSigned(out, time - previous);
                previous = time;
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
        if (isHeld(place)) {
            return false;
        }
        put(place, hash, time);
        size++;
        if (size > (last + 1) / 2) {
            resize((last + 1) * 2, Long.MIN_VALUE);
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
        int place = (int) (hash ^ hash >>> Integer.SIZE) & last;
        while (isHeld(place) && hashAt(place) != hash) {
            place = place + 1 & last;
        }
        return place;
    }

    /** Times are stored so that 0, as in a new array, is {@link Aggregate#NEVER}: the place is free. */
    private boolean isHeld(int place) {
        return places[2 * place + 1] != 0;
    }

    private long hashAt(int place) {
        return places[2 * place];
    }

    private long timeAt(int place) {
        return places[2 * place + 1] ^ Aggregate.NEVER;
    }

    private void put(int place, long hash, long time) {
        places[2 * place] = hash;
        places[2 * place + 1] = time ^ Aggregate.NEVER;
    }

    private void resize(int newPlaces, long oldest) {
        long[] old = places;
        allocate(newPlaces);
        size = 0;
        addAll(old, oldest);
    }

    /**
     * What resizing to as many places does, without another table: in a run of held places an id that is put
     * again goes to its own place or to one before it. Only the run across the end, which begins at the first
     * place, is taken out before.
     */
    private void dropInPlace(long oldest) {
        int head = 0;
        while (isHeld(head)) {
            head++;
        }
        int tail = last;
        while (isHeld(tail)) {
            tail--;
        }
        long[] across = Arrays.copyOf(places, 2 * (head + last - tail));
        System.arraycopy(places, 2 * tail + 2, across, 2 * head, 2 * (last - tail));
        Arrays.fill(places, 0, 2 * head, 0);
        Arrays.fill(places, 2 * tail + 2, places.length, 0);
        size = 0;
        addAll(across, oldest);
        for (int place = head; place < tail; place++) {
            long time = timeAt(place);
            places[2 * place + 1] = 0;
            keep(hashAt(place), time, oldest);
        }
    }

    /** Of another table's places. */
    private void addAll(long[] others, long oldest) {
        for (int i = 0; i < others.length; i += 2) {
            keep(others[i], others[i + 1] ^ Aggregate.NEVER, oldest);
        }
    }

    private void keep(long hash, long time, long oldest) {
        if (time != Aggregate.NEVER && time >= oldest) {
            put(placeOf(hash), hash, time);
            size++;
        }
    }

    private void allocate(int newPlaces) {
        places = new long[2 * newPlaces];
        last = newPlaces - 1;
    }
}
