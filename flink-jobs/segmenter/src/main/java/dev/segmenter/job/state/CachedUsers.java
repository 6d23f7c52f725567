// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * The cache's users by their id, each at a place of its own as long as it is held. A user is one array of bytes, its
 * id and its stored form, and some numbers beside each other: millions of objects are what a garbage collector has to
 * walk through, and references that move about within an old generation what it has to look after. Ids are found by
 * open addressing.
 */
final class CachedUsers {
    /** No place. */
    static final int NOWHERE = -1;

    /** Used since it was last looked at to be packed or written. */
    static final int USED = 1;

    /** Used since it was last looked at to be dropped. */
    static final int WANTED = 1 << 1;

    /** Counted among those of whom a value is decoded. */
    static final int DECODED = 1 << 2;

    /** The store below does not have its value, or that it has none. */
    static final int UNWRITTEN = 1 << 3;

    /** The checkpoint under way carries it as it is now, and does not have it yet. */
    static final int TO_CARRY = 1 << 4;

    private static final int INITIAL_PLACES = 1 << 10;

    // The numbers of a user, half a cache line of them: two integers in one number each, and two
    // times.
    private static final int SLOT_AND_PACKED_BYTES = 0;
    private static final int WEIGHT_AND_HASH = 1;
    private static final int REGISTERED = 2;
    private static final int SCHEDULED = 3;
    private static final int NUMBERS = 4;

    /** By place: an id, then room for a stored form; null if the place is free. */
    private byte[][] entries = new byte[INITIAL_PLACES][];

    private long[] numbers = new long[NUMBERS * INITIAL_PLACES];
    private byte[] marks = new byte[INITIAL_PLACES];
    private int[] free = new int[INITIAL_PLACES];
    private int freed;
    private int end;
    private int size;

    /** The hash table: the hash above, the place and 1 below, 0 for nobody. */
    private long[] table = new long[2 * INITIAL_PLACES];

    /** Of what was read ahead: a result that is never used need not be worked out. */
    @SuppressWarnings("UnusedVariable")
    private long read;

    int size() {
        return size;
    }

    /** Places are below this; some may be free. */
    int end() {
        return end;
    }

    boolean isFree(int place) {
        return entries[place] == null;
    }

    String userId(int place) {
        return IdBytes.read(entries[place]);
    }

    boolean isAt(int place, String userId) {
        return IdBytes.isOf(entries[place], userId);
    }

    /** The user's id and, behind {@link IdBytes#end}, its stored form; not a copy. */
    byte[] entry(int place) {
        return entries[place];
    }

    /** Room for a stored form; there is none in it any more. */
    void widen(int place, int room) {
        byte[] entry = entries[place];
        int idEnd = IdBytes.end(entry);
        byte[] wider = new byte[idEnd + room];
        System.arraycopy(entry, 0, wider, 0, idEnd);
        entries[place] = wider;
        setPackedBytes(place, 0);
    }

    /** Of its decoded value; {@link DecodedValues#NO_SLOT}: packed, or none. */
    int slot(int place) {
        return upper(number(place, SLOT_AND_PACKED_BYTES));
    }

    void setSlot(int place, int slot) {
        set(place, SLOT_AND_PACKED_BYTES, both(slot, packedBytes(place)));
    }

    boolean isDecoded(int place) {
        return slot(place) != DecodedValues.NO_SLOT;
    }

    /** Bytes of the stored form, 0: none or out of date. */
    int packedBytes(int place) {
        return lower(number(place, SLOT_AND_PACKED_BYTES));
    }

    void setPackedBytes(int place, int bytes) {
        set(place, SLOT_AND_PACKED_BYTES, both(slot(place), bytes));
    }

    /** Bytes on the heap, as last weighed. */
    int weight(int place) {
        return upper(number(place, WEIGHT_AND_HASH));
    }

    void setWeight(int place, int bytes) {
        set(place, WEIGHT_AND_HASH, both(bytes, idHash(place)));
    }

    /** Of its id, as strings have it. */
    int idHash(int place) {
        return lower(number(place, WEIGHT_AND_HASH));
    }

    /** Event time, ms, of the timer that the store has for the user, {@link Timed#NONE} for none. */
    long registered(int place) {
        return number(place, REGISTERED);
    }

    void setRegistered(int place, long time) {
        set(place, REGISTERED, time);
    }

    /** Event time, ms, of the timer that the cache has itself, {@link Timed#NONE} for none. */
    long scheduled(int place) {
        return number(place, SCHEDULED);
    }

    void setScheduled(int place, long time) {
        set(place, SCHEDULED, time);
    }

    /** All of them, to be read ahead. */
    int marks(int place) {
        return marks[place];
    }

    boolean isMarked(int place, int mark) {
        return (marks[place] & mark) != 0;
    }

    void mark(int place, int these) {
        marks[place] = (byte) (marks[place] | these);
    }

    void unmark(int place, int these) {
        marks[place] = (byte) (marks[place] & ~these);
    }

    private long number(int place, int which) {
        return numbers[NUMBERS * place + which];
    }

    private void set(int place, int which, long number) {
        numbers[NUMBERS * place + which] = number;
    }

    private static long both(int upper, int lower) {
        return ((long) upper << Integer.SIZE) | (lower & 0xFFFF_FFFFL);
    }

    private static int upper(long number) {
        return (int) (number >> Integer.SIZE);
    }

    private static int lower(long number) {
        return (int) number;
    }

    /** Its place; {@link #NOWHERE} if it is not here. */
    int find(String userId) {
        int hash = hashOf(userId);
        int last = table.length - 1;
        for (int at = hash & last; table[at] != 0; at = at + 1 & last) {
            if (hashOf(table[at]) == hash && isAt(placeOf(table[at]), userId)) {
                return placeOf(table[at]);
            }
        }
        return NOWHERE;
    }

    /**
     * Places of users with the hashes of these ids: their own, or by rare chance another one's; {@link #NOWHERE} for
     * none. The table is read for all of them before any is looked for, so that the waits for memory overlap.
     */
    void likelyPlaces(String[] userIds, int count, int[] places) {
        int last = table.length - 1;
        for (int i = 0; i < count; i++) {
            int hash = hashOf(userIds[i]);
            places[i] = hash;
            read += table[hash & last];
        }
        for (int i = 0; i < count; i++) {
            int hash = places[i];
            int at = hash & last;
            while (table[at] != 0 && hashOf(table[at]) != hash) {
                at = at + 1 & last;
            }
            places[i] = placeOf(table[at]);
        }
    }

    /** Gives it a place, with nothing known of it; it must not be here. */
    int add(String userId) {
        if (freed == 0 && end == entries.length) {
            grow();
        }
        int place = freed > 0 ? free[--freed] : end++;
        entries[place] = IdBytes.of(userId, 0);
        int hash = userId.hashCode();
        set(place, SLOT_AND_PACKED_BYTES, both(DecodedValues.NO_SLOT, 0));
        set(place, WEIGHT_AND_HASH, both(0, hash));
        setRegistered(place, Timed.NONE);
        setScheduled(place, Timed.NONE);
        marks[place] = 0;
        enter(place, spread(hash));
        size++;
        return place;
    }

    /** In the hash table, whoever stands behind it moves up. */
    void remove(int place) {
        int last = table.length - 1;
        int gap = spread(idHash(place)) & last;
        while (placeOf(table[gap]) != place) {
            gap = gap + 1 & last;
        }
        for (int at = gap + 1 & last; table[at] != 0; at = at + 1 & last) {
            int wanted = hashOf(table[at]) & last;
            if ((at - wanted & last) >= (at - gap & last)) {
                table[gap] = table[at];
                gap = at;
            }
        }
        table[gap] = 0;
        entries[place] = null;
        free[freed++] = place;
        size--;
    }

    private void enter(int place, int hash) {
        int last = table.length - 1;
        int at = hash & last;
        while (table[at] != 0) {
            at = at + 1 & last;
        }
        table[at] = both(hash, place + 1);
    }

    private void grow() {
        entries = Arrays.copyOf(entries, 2 * entries.length);
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        marks = Arrays.copyOf(marks, entries.length);
        free = new int[entries.length];
        table = new long[2 * table.length];
        for (int place = 0; place < end; place++) {
            enter(place, spread(idHash(place)));
        }
    }

    private static int hashOf(long tableEntry) {
        return upper(tableEntry);
    }

    private static int placeOf(long tableEntry) {
        return lower(tableEntry) - 1;
    }

    private static int hashOf(String userId) {
        return spread(userId.hashCode());
    }

    /** Ids often differ in their last characters only. */
    private static int spread(int idHash) {
        int hash = idHash * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
