// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.Arrays;
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

    /** Since it was last looked at to be packed or written. */
    private static final int USED = 1;

    /** Since it was last looked at to be dropped. */
    private static final int WANTED = 1 << 1;

    private static final int DECODED = 1 << 2;
    private static final int UNWRITTEN = 1 << 3;

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

    /** By place: {@link #USED}, {@link #WANTED}, {@link #DECODED}, {@link #UNWRITTEN}. */
    private byte[] marks = new byte[users.room()];

    /** In the order in which they changed; those written since for want of room are passed over. */
    private final PlaceQueue changed = new PlaceQueue();

    private CachedUser<T> atHand;

    /** The hands of two clocks over the places: who is packed next, and who is dropped. */
    private int packing;

    private int dropping;
    private int decoded;
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
        while (changed.size() > 0) {
            write(changed.take());
        }
        pace.flushed();
    }

    /** Users held. */
    int size() {
        return users.size();
    }

    /** Users held decoded. */
    int decoded() {
        return decoded;
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
            marks[user.place] |= USED | WANTED;
            if (user.isPacked()) {
                leave(user);
                packer.unpack(user);
                enter(user);
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
        if (marks.length < users.room()) {
            marks = Arrays.copyOf(marks, users.room());
        }
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
        if (!isMarked(user.place, UNWRITTEN)) {
            marks[user.place] |= UNWRITTEN;
            unwritten++;
            changed.add(user.place);
        }
        makeRoom();
    }

    private void makeRoom() throws IOException {
        while (decodedBytes > decodedCapacity && decoded > 1) {
            packing = packing < users.end() ? packing : 0;
            int place = packing++;
            if (isMarked(place, DECODED) && !takesAnotherTurn(place, USED)) {
                pack(users.at(place));
            }
        }
        while (held > capacity && users.size() > 1) {
            dropping = dropping < users.end() ? dropping : 0;
            int place = dropping++;
            if (users.at(place) != null && !takesAnotherTurn(place, WANTED)) {
                drop(users.at(place));
            }
        }
    }

    private boolean takesAnotherTurn(int place, int mark) {
        boolean marked = isMarked(place, mark);
        marks[place] &= ~mark;
        return marked || place == atHand.place;
    }

    private void pack(CachedUser<T> user) throws IOException {
        leave(user);
        packer.pack(user);
        enter(user);
    }

    private void drop(CachedUser<T> user) throws IOException {
        write(user.place);
        leave(user);
        users.remove(user);
        marks[user.place] = 0;
    }

    private void writeSome() throws IOException {
        int allowed = pace.allowed(users.size());
        for (int i = 0; i < WRITES_AT_ONCE && isBehind(allowed); i++) {
            int oldest = changed.take();
            if (isMarked(oldest, UNWRITTEN) && takesAnotherTurn(oldest, USED)) {
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

    private void write(int place) throws IOException {
        if (!isMarked(place, UNWRITTEN)) {
            return;
        }
        CachedUser<T> user = users.at(place);
        if (user.isDecoded()) {
            store.put(user.userId, user.value);
            weighAnew(user);
        } else if (user.isPacked()) {
            store.putPacked(user.userId, user.packed, user.packedBytes);
        } else {
            store.remove(user.userId);
        }
        marks[place] &= ~UNWRITTEN;
        unwritten--;
    }

    private boolean isMarked(int place, int mark) {
        return (marks[place] & mark) != 0;
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
            marks[user.place] |= DECODED;
            decoded++;
            decodedBytes += user.bytes;
        }
        hold(user.bytes);
    }

    private void leave(CachedUser<T> user) {
        if (user.isDecoded()) {
            marks[user.place] &= ~DECODED;
            decoded--;
            decodedBytes -= user.bytes;
        }
        hold(-user.bytes);
    }

    private void hold(int more) {
        held += more;
        bytes = held;
    }
}
