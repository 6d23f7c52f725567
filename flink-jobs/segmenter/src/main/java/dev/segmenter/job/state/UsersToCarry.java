// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Whom one checkpoint has to carry, as they were at its barrier: copied bit by bit while the task goes on, one key group
 * after the other, and whoever is to change sooner just before (copy on write).
 */
final class UsersToCarry<T extends Prefetchable> {
    private static final int EARLY_BYTES = 1 << 12;

    private final CarriedUsers<T> out;
    private final CachedUsers users;
    private final GroupPrefetch<T> ahead;
    private final UnwrittenUsers.Packing packing;
    private final UserStore<T> store;

    /** All of them by key group, and where each key group ends. */
    private final int[] places;

    private final int[] ends;

    /** By key group: what is beside users, and those copied before its turn; null for none. */
    private final DataOutputSerializer[] early;

    /** Of places: who is next. */
    private int next;

    /** The key group at hand, and whether it is begun and not ended. */
    private int keyGroup;

    private boolean begun;

    /** All unwritten users, so many. */
    UsersToCarry(
            CarriedUsers<T> out,
            CachedUsers users,
            GroupPrefetch<T> ahead,
            UnwrittenUsers.Packing packing,
            UserStore<T> store,
            int size) {
        this.out = out;
        this.users = users;
        this.ahead = ahead;
        this.packing = packing;
        this.store = store;
        this.places = new int[size];
        this.ends = new int[store.keyGroups()];
        this.early = new DataOutputSerializer[store.keyGroups()];
        sort();
    }

    /** Counting sort by key group. */
    private void sort() {
        for (int place = 0; place < users.end(); place++) {
            if (users.isMarked(place, CachedUsers.UNWRITTEN)) {
                users.mark(place, CachedUsers.TO_CARRY);
                ends[keyGroup(place)]++;
            }
        }
        int[] starts = new int[ends.length];
        for (int i = 1; i < ends.length; i++) {
            starts[i] = ends[i - 1];
            ends[i] += starts[i];
        }
        for (int place = 0; place < users.end(); place++) {
            if (users.isMarked(place, CachedUsers.TO_CARRY)) {
                places[starts[keyGroup(place)]++] = place;
            }
        }
    }

    /** To be called before anybody is copied. */
    void addBeside(String userId, byte[] bytes, int length) throws IOException {
        CarriedUsers.writeBeside(userId, bytes, length, early(store.keyGroup(userId.hashCode())));
    }

    private DataOutputSerializer early(int group) {
        if (early[group] == null) {
            early[group] = new DataOutputSerializer(EARLY_BYTES);
        }
        return early[group];
    }

    /** How many there were. */
    int size() {
        return places.length;
    }

    /** Whether all were copied. */
    boolean isComplete() {
        return keyGroup == ends.length;
    }

    /** Of what was copied so far. */
    long bytes() {
        return out.bytes();
    }

    /** Whether so much is still to be written to the file that copying more can wait. */
    boolean canWait() {
        return out.isFull();
    }

    /** Copies up to so many more; false if nobody is left, or nobody wants them any more. */
    boolean copy(int most) throws IOException {
        if (out.isAbandoned()) {
            forget();
            return false;
        }
        int end = (int) Math.min(places.length, (long) next + most);
        while (!isComplete() && (next < end || next == ends[keyGroup])) {
            if (hasSomething()) {
                begin();
                copyGroup(Math.min(GroupPrefetch.MOST, Math.min(end, ends[keyGroup]) - next));
            }
            if (next == ends[keyGroup]) {
                end();
            }
        }
        if (isComplete()) {
            out.end();
        }
        return !isComplete();
    }

    /** Whether there is, or was, anything in the key group at hand. */
    private boolean hasSomething() {
        return begun || next < ends[keyGroup] || early[keyGroup] != null;
    }

    private void end() throws IOException {
        if (begun) {
            out.endKeyGroup();
        }
        begun = false;
        keyGroup++;
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        out.startKeyGroup(keyGroup);
        begun = true;
        if (early[keyGroup] != null) {
            out.write(early[keyGroup]);
            early[keyGroup] = null;
        }
    }

    private void copyGroup(int count) throws IOException {
        ahead.byPlace(places, next, count);
        for (int i = 0; i < count; i++) {
            int place = places[next++];
            if (users.isMarked(place, CachedUsers.TO_CARRY)) {
                packing.refresh(place);
                out.write(users.entry(place), users.packedBytes(place), users.registered(place));
                users.unmark(place, CachedUsers.TO_CARRY);
            }
        }
    }

    /** Copies a user who has yet to be copied, out of turn. */
    void copyFirst(int place) throws IOException {
        packing.refresh(place);
        int group = keyGroup(place);
        if (begun && group == keyGroup) {
            out.write(users.entry(place), users.packedBytes(place), users.registered(place));
        } else {
            CarriedUsers.write(
                    users.entry(place),
                    users.packedBytes(place),
                    users.registered(place),
                    early(group));
        }
        users.unmark(place, CachedUsers.TO_CARRY);
    }

    private void forget() {
        for (int i = next; i < places.length; i++) {
            users.unmark(places[i], CachedUsers.TO_CARRY);
        }
    }

    private int keyGroup(int place) {
        return store.keyGroup(users.idHash(place));
    }
}
