// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The cache's users that changed since they were written to the store below: written in the store's order at the
 * pace's call, and carried by checkpoints until then. The store's timer of a user changes when the user is written.
 */
final class UnwrittenUsers<T extends Prefetchable> {
    /** Some 2 ms of writes. */
    private static final int WRITES_AT_ONCE = 1_024;

    /** Brings a user's stored form up to date. */
    @FunctionalInterface
    interface Packing {
        void refresh(int place) throws IOException;
    }

    private final UserStore<T> store;
    private final TypeSerializer<Timed<T>> serializer;
    private final CachedUsers users;
    private final GroupPrefetch<T> ahead;
    private final Packing packing;
    private final WritePace pace;
    private final WriteOrder order = new WriteOrder();
    private final int[] batch = new int[WriteOrder.MOST];

    /** All of them; and those written for want of room, which are passed over. */
    private final ChangedUsers changed = new ChangedUsers();

    /** Of the batch: how many it holds, and how many of these are through. */
    private int batched;

    private int written;
    private int size;

    /** Whether the store was given anybody since the last checkpoint. */
    private boolean wrote;

    /** Whom the checkpoint under way has yet to carry; null: nobody. */
    private UsersToCarry<T> carrying;

    // Written by the task, read by metric reporters.
    private volatile long carriedBytes;

    UnwrittenUsers(
            UserStore<T> store,
            TypeSerializer<Timed<T>> serializer,
            CachedUsers users,
            GroupPrefetch<T> ahead,
            Packing packing,
            WritePace pace) {
        this.store = store;
        this.serializer = serializer;
        this.users = users;
        this.ahead = ahead;
        this.packing = packing;
        this.pace = pace;
    }

    int size() {
        return size;
    }

    /** Places listed, those written meanwhile included. */
    int listed() {
        return changed.size();
    }

    /** Bytes of the last checkpoint; from any thread. */
    long carriedBytes() {
        return carriedBytes;
    }

    void add(int place) {
        if (!isUnwritten(place)) {
            users.mark(place, CachedUsers.UNWRITTEN);
            size++;
            changed.add(place, keyGroup(place));
        }
    }

    /** To be called with each access. */
    void writeSome() throws IOException {
        if (pace.isDue(size)) {
            writeNext(true);
        }
    }

    void writeAll() throws IOException {
        while (size > 0) {
            writeNext(false);
        }
    }

    /** Some of one key group; those used lately may wait until it is its turn again. */
    private void writeNext(boolean withTurns) throws IOException {
        int putOff = written == batched ? fillBatch(withTurns) : 0;
        int end = Math.min(batched, written + WRITES_AT_ONCE);
        pace.looked(putOff + end - written);
        while (written < end) {
            int group = Math.min(GroupPrefetch.MOST, end - written);
            ahead.byPlace(batch, written, group);
            for (int i = 0; i < group; i++) {
                write(batch[written++]);
            }
        }
    }

    /** How many of the next ones were put off, or were written meanwhile. */
    private int fillBatch(boolean withTurns) {
        int taken = changed.take(batch);
        batched = 0;
        written = 0;
        for (int i = 0; i < taken; i++) {
            int place = batch[i];
            if (isUnwritten(place)) {
                if (withTurns && users.isMarked(place, CachedUsers.USED)) {
                    users.unmark(place, CachedUsers.USED);
                    changed.add(place, changed.taken());
                } else {
                    batch[batched++] = place;
                }
            }
        }
        order.sort(batch, batched, users);
        return taken - batched;
    }

    /** Unless it is written. */
    void write(int place) throws IOException {
        if (!isUnwritten(place)) {
            return;
        }
        carryFirst(place);
        packing.refresh(place);
        wrote = true;
        String userId = users.userId(place);
        byte[] entry = users.entry(place);
        int length = users.packedBytes(place);
        long timer = Timed.NONE;
        if (length > 0) {
            timer = TimedSerializer.timerIn(entry, IdBytes.end(entry));
            store.putPacked(userId, entry, IdBytes.end(entry), length);
        } else {
            store.remove(userId);
        }
        store.moveTimer(userId, users.registered(place), timer);
        users.setRegistered(place, timer);
        users.unmark(place, CachedUsers.UNWRITTEN);
        size--;
    }

    /** Whether a checkpoint now would carry somebody, and the store was given nobody since the last one. */
    boolean onlyCarries() {
        return size > 0 && !wrote;
    }

    /** Begins a checkpoint that carries all of them, as they are now, and what is beside them; false if there is nobody. */
    boolean carryInto(CarriedBytes checkpoint, BesideUsers beside) throws IOException {
        carryRest();
        pace.onCheckpoint(changed.size());
        wrote = false;
        if (size == 0) {
            carriedBytes = 0;
            return false;
        }
        carrying =
                new UsersToCarry<>(
                        new CarriedUsers<>(checkpoint, serializer),
                        users,
                        ahead,
                        packing,
                        store,
                        size);
        beside.carryInto(carrying::addBeside);
        return true;
    }

    /** Copies some more of whom the checkpoint carries; false if nobody is left. */
    boolean carrySome() throws IOException {
        return carrying != null && (carrying.canWait() || carry(pace.copies(carrying.size())));
    }

    /** Copies all that are left. */
    void carryRest() throws IOException {
        while (carrying != null) {
            carry(Integer.MAX_VALUE);
        }
    }

    private boolean carry(int most) throws IOException {
        if (carrying.copy(most)) {
            return true;
        }
        if (carrying.isComplete()) {
            carriedBytes = carrying.bytes();
            pace.carried(carrying.size(), carriedBytes);
        }
        carrying = null;
        return false;
    }

    /** To be called before anything about a user changes: the checkpoint carries it as it was. */
    void carryFirst(int place) throws IOException {
        if (users.isMarked(place, CachedUsers.TO_CARRY)) {
            carrying.copyFirst(place);
        }
    }

    private boolean isUnwritten(int place) {
        return users.isMarked(place, CachedUsers.UNWRITTEN);
    }

    private int keyGroup(int place) {
        return store.keyGroup(users.idHash(place));
    }
}
