// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;

/**
 * Holds users' values, up to an estimated number of bytes, so that an event of a user seen lately costs neither
 * a read nor a write of the state below. A part of the bytes is for decoded values, of those who act
 * most; the others are held packed, in their stored form, which takes a tenth of the heap and is one object
 * without references.
 *
 * <p>A changed value is written when it has to make room, when more are unwritten than the pace
 * allows (a few with each access, so that a checkpoint finds little left to do), and by {@link
 * #flush}, which every snapshot begins with. Nothing here outlives a failure, and nothing needs to:
 * what was written since the last checkpoint is lost with it, and the events come again.
 *
 * <p>Who is packed, and who of the packed is dropped, is decided by the clock algorithm (F. Corbato, 1968): in
 * order of entry, but whoever was used since it was last looked at gets another turn. So an access touches
 * its own entry only. Users known to have no value are remembered as well. The user asked for last is
 * neither packed nor dropped.
 */
public final class WriteBackCache<T> implements UserValues<T> {
    /** Of unwritten values, with one access: some 4 us each. */
    private static final int WRITES_AT_ONCE = 4;

    /** Of the bytes, for decoded values. */
    private static final double DECODED_SHARE = 0.25;

    private final UserStore<T> store;
    private final PackedUsers<T> packer;
    private final CacheWeight weight;
    private final long capacity;
    private final long decodedCapacity;
    private final WritePace pace;
    private final Counter misses;
    private final CacheIndex<T> users = new CacheIndex<>();
    private final CacheRing<T> decoded = new CacheRing<>();
    private final CacheRing<T> others = new CacheRing<>();

    /** In the order in which they changed; those written since for want of room are passed over. */
    private final Queue<CachedUser<T>> changed = new ArrayDeque<>();

    private CachedUser<T> atHand;
    private int unwritten;
    private long decodedBytes;
    private long held;

    // Written by the task, read by metric reporters.
    private volatile long bytes;

    /** At most this many bytes by that weight, but for the one user at hand. */
    WriteBackCache(
            UserStore<T> store,
            TypeSerializer<Timed<T>> serializer,
            CacheWeight weight,
            long capacity,
            WritePace pace,
            Counter misses) {
        this.store = store;
        this.packer = new PackedUsers<>(serializer);
        this.weight = weight;
        this.capacity = capacity;
        this.decodedCapacity = (long) (DECODED_SHARE * capacity);
        this.pace = pace;
        this.misses = misses;
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        return find(userId).value;
    }

    @Override
    public void put(String userId, Timed<T> value) throws IOException {
        CachedUser<T> user = find(userId);
        if (user.value != value) {
            replace(user, value);
        }
        change(user);
    }

    @Override
    public void remove(String userId) throws IOException {
        CachedUser<T> user = find(userId);
        if (user.value != null) {
            replace(user, null);
        }
        change(user);
    }

    @Override
    public void flush() throws IOException {
        for (CachedUser<T> user = changed.poll(); user != null; user = changed.poll()) {
            write(user);
        }
        pace.flushed();
    }

    /** Users held. */
    int size() {
        return users.size();
    }

    /** Users held decoded. */
    int decoded() {
        return decoded.size();
    }

    /** Values not yet written. */
    int unwritten() {
        return unwritten;
    }

    /** Entries in the order of changes, those written meanwhile included. */
    int waiting() {
        return changed.size();
    }

    /** Estimated bytes held; from any thread. */
    public long bytes() {
        return bytes;
    }

    private CachedUser<T> find(String userId) throws IOException {
        if (atHand != null && atHand.userId.equals(userId)) {
            return atHand;
        }
        CachedUser<T> user = users.get(userId);
        if (user == null) {
            user = load(userId);
        } else {
            user.used = true;
            if (user.isPacked()) {
                unpack(user);
            }
        }
        atHand = user;
        makeRoom();
        writeSome();
        return user;
    }

    private CachedUser<T> load(String userId) throws IOException {
        misses.inc();
        CachedUser<T> user = new CachedUser<>(userId);
        user.value = store.get(userId);
        users.add(user);
        enter(user);
        return user;
    }

    private void replace(CachedUser<T> user, Timed<T> value) {
        leave(user);
        user.value = value;
        enter(user);
    }

    private void change(CachedUser<T> user) throws IOException {
        user.packedBytes = 0;
        if (!user.unwritten) {
            user.unwritten = true;
            unwritten++;
            changed.add(user);
        }
        makeRoom();
    }

    private void unpack(CachedUser<T> user) throws IOException {
        leave(user);
        packer.unpack(user);
        enter(user);
    }

    private void pack(CachedUser<T> user) throws IOException {
        leave(user);
        packer.pack(user);
        user.used = true;
        enter(user);
    }

    private void makeRoom() throws IOException {
        while (decodedBytes > decodedCapacity && decoded.size() > 1) {
            CachedUser<T> next = decoded.next();
            if (!takesAnotherTurn(next)) {
                pack(next);
            }
        }
        while (held > capacity && users.size() > 1) {
            CachedUser<T> next = isOtherHeld() ? others.next() : decoded.next();
            if (!takesAnotherTurn(next)) {
                drop(next);
            }
        }
    }

    /** But for the one at hand. */
    private boolean isOtherHeld() {
        return others.size() > (atHand.isDecoded() ? 0 : 1);
    }

    private boolean takesAnotherTurn(CachedUser<T> user) {
        boolean used = user.used;
        user.used = false;
        return used || user == atHand;
    }

    private void drop(CachedUser<T> user) throws IOException {
        write(user);
        leave(user);
        users.remove(user);
    }

    private void writeSome() throws IOException {
        int allowed = pace.allowed(users.size());
        for (int i = 0; i < WRITES_AT_ONCE && isBehind(allowed); i++) {
            CachedUser<T> oldest = changed.poll();
            if (oldest.unwritten && takesAnotherTurn(oldest)) {
                changed.add(oldest);
            } else {
                write(oldest);
            }
        }
    }

    /** Also if the order is full of users written for want of room: without snapshots nobody else clears it. */
    private boolean isBehind(int allowed) {
        return unwritten > allowed || changed.size() > 2 * (users.size() + WRITES_AT_ONCE);
    }

    private void write(CachedUser<T> user) throws IOException {
        if (!user.unwritten) {
            return;
        }
        if (user.isDecoded()) {
            store.put(user.userId, user.value);
            weighAnew(user);
        } else if (user.isPacked()) {
            store.putPacked(user.userId, user.packed, user.packedBytes);
        } else {
            store.remove(user.userId);
        }
        user.unwritten = false;
        unwritten--;
    }

    /** By the bytes that writing it took. */
    private void weighAnew(CachedUser<T> user) {
        int before = user.bytes;
        weigh(user);
        decodedBytes += user.bytes - before;
        hold(user.bytes - before);
    }

    private void weigh(CachedUser<T> user) {
        user.bytes = weight.of(user.userId, user.value, user.packed);
    }

    private void enter(CachedUser<T> user) {
        weigh(user);
        if (user.isDecoded()) {
            decoded.add(user);
            decodedBytes += user.bytes;
        } else {
            others.add(user);
        }
        hold(user.bytes);
    }

    private void leave(CachedUser<T> user) {
        if (user.isDecoded()) {
            decoded.remove(user);
            decodedBytes -= user.bytes;
        } else {
            others.remove(user);
        }
        hold(-user.bytes);
    }

    private void hold(int more) {
        held += more;
        bytes = held;
    }
}
