// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;

/**
 * Holds users' values, up to an estimated number of bytes, so that an event of a user seen lately costs neither
 * a read nor a write of the state below. Where there is not room for all, a part of the bytes is for decoded
 * values, of those who act most; the others are held packed, in their stored form, which takes a third of the
 * heap and is one object without references.
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
public final class WriteBackCache<T extends Prefetchable> implements UserValues<T> {
    /** Of unwritten values: some 2 ms of writes. */
    private static final int WRITES_AT_ONCE = 1_024;

    /** Since it was last looked at to be packed or written. */
    private static final int USED = 1;

    /** Since it was last looked at to be dropped. */
    private static final int WANTED = 1 << 1;

    private static final int DECODED = 1 << 2;
    private static final int UNWRITTEN = 1 << 3;

    /** Of the bytes, for decoded values if there is not room enough for all. */
    private static final double DECODED_SHARE = 0.1;

    private final UserStore<T> store;
    private final CachedUsers users = new CachedUsers();
    private final DecodedValues<T> decoded = new DecodedValues<>();
    private final GroupPrefetch<T> ahead = new GroupPrefetch<>(users, decoded);
    private final PackedUsers<T> packer;
    private final WriteOrder order = new WriteOrder();
    private final int[] batch = new int[WriteOrder.MOST];
    private final CacheWeight weight;
    private final long capacity;
    private final long decodedCapacity;
    private final WritePace pace;
    private final Counter misses;

    /** By place: {@link #USED}, {@link #WANTED}, {@link #DECODED}, {@link #UNWRITTEN}. */
    private byte[] marks = new byte[users.room()];

    /** To be put into a batch; those written since for want of room are passed over. */
    private final ChangedUsers changed = new ChangedUsers();

    /** Of the batch: how many it holds, and how many of these are through. */
    private int batched;

    private int written;

    /** The place of the user asked for last. */
    private int atHand = CachedUsers.NOWHERE;

    /** The hands of two clocks over the places: who is packed next, and who is dropped. */
    private int packing;

    private int dropping;
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
        this.packer = new PackedUsers<>(serializer, users, decoded);
        this.weight = weight;
        this.capacity = capacity;
        this.decodedCapacity = (long) (DECODED_SHARE * capacity);
        this.pace = pace;
        this.misses = misses;
    }

    @Override
    public int groupSize() {
        return GroupPrefetch.MOST;
    }

    @Override
    public void announce(String[] userIds, int count) {
        ahead.byId(userIds, count);
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        return value(find(userId));
    }

    /** Null of whom nothing is decoded. */
    private Timed<T> value(int place) {
        return users.isDecoded(place) ? decoded.at(users.slot(place)) : null;
    }

    @Override
    public void put(String userId, Timed<T> value) throws IOException {
        int place = isAtHand(value) ? atHand : find(userId);
        if (!users.isDecoded(place)) {
            decode(place, value);
        } else if (value(place) != value) {
            decoded.set(users.slot(place), value);
            weighAnew(place);
        }
        change(place, userId);
    }

    /** As whatever is put back is: ids need not be compared. */
    private boolean isAtHand(Timed<T> value) {
        return atHand != CachedUsers.NOWHERE && value(atHand) == value;
    }

    @Override
    public void remove(String userId) throws IOException {
        int place = find(userId);
        leave(place);
        release(place);
        enter(place);
        change(place, userId);
    }

    @Override
    public void flush() throws IOException {
        while (unwritten > 0) {
            writeNext(false);
        }
        makeRoom();
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

    /** Places listed to be written, those written meanwhile included. */
    int waiting() {
        return changed.size();
    }

    /** Estimated bytes held; from any thread. */
    public long bytes() {
        return bytes;
    }

    private int find(String userId) throws IOException {
        if (atHand != CachedUsers.NOWHERE && users.isAt(atHand, userId)) {
            return atHand;
        }
        int place = users.find(userId);
        if (place == CachedUsers.NOWHERE) {
            place = load(userId);
        } else {
            marks[place] |= USED | WANTED;
            if (isPacked(place)) {
                leave(place);
                packer.unpack(place);
                enter(place);
            }
        }
        atHand = place;
        writeSome();
        makeRoom();
        return place;
    }

    private boolean isPacked(int place) {
        return !users.isDecoded(place) && users.packedBytes(place) > 0;
    }

    private int load(String userId) throws IOException {
        misses.inc();
        Timed<T> value = store.get(userId);
        int place = users.add(userId);
        if (marks.length < users.room()) {
            marks = Arrays.copyOf(marks, users.room());
        }
        enter(place);
        if (value != null) {
            decode(place, value);
        }
        return place;
    }

    /** Of a user of whom nothing was decoded. */
    private void decode(int place, Timed<T> value) {
        leave(place);
        int slot = decoded.take();
        decoded.set(slot, value);
        users.setSlot(place, slot);
        enter(place);
    }

    private void change(int place, String userId) throws IOException {
        users.setPackedBytes(place, 0);
        if (!isMarked(place, UNWRITTEN)) {
            marks[place] |= UNWRITTEN;
            unwritten++;
            changed.add(place, store.keyGroup(userId));
        }
        makeRoom();
    }

    private void release(int place) {
        if (users.isDecoded(place)) {
            decoded.release(users.slot(place));
            users.setSlot(place, DecodedValues.NO_SLOT);
        }
    }

    private void makeRoom() throws IOException {
        while (held > capacity && users.size() > 1) {
            if (decodedBytes > decodedCapacity && decoded.size() > 1) {
                packNext();
            } else {
                dropNext();
            }
        }
    }

    private void packNext() throws IOException {
        packing = packing < users.end() ? packing : 0;
        int place = packing++;
        if (isMarked(place, DECODED) && !takesAnotherTurn(place, USED)) {
            pack(place);
        }
    }

    private void dropNext() throws IOException {
        dropping = dropping < users.end() ? dropping : 0;
        int place = dropping++;
        if (!users.isFree(place) && !takesAnotherTurn(place, WANTED)) {
            drop(place);
        }
    }

    private boolean takesAnotherTurn(int place, int mark) {
        boolean marked = isMarked(place, mark);
        marks[place] &= ~mark;
        return marked || place == atHand;
    }

    private void pack(int place) throws IOException {
        leave(place);
        packer.refresh(place);
        release(place);
        enter(place);
    }

    private void drop(int place) throws IOException {
        write(place);
        leave(place);
        release(place);
        users.remove(place);
        marks[place] = 0;
    }

    private void writeSome() throws IOException {
        if (unwritten > pace.allowed(users.size())) {
            writeNext(true);
        }
    }

    /** Some of one key group; those used lately may wait until it is its turn again. */
    private void writeNext(boolean withTurns) throws IOException {
        if (written == batched) {
            fillBatch(withTurns);
        }
        int end = Math.min(batched, written + WRITES_AT_ONCE);
        while (written < end) {
            int group = Math.min(GroupPrefetch.MOST, end - written);
            ahead.byPlace(batch, written, group);
            for (int i = 0; i < group; i++) {
                write(batch[written++]);
            }
        }
    }

    private void fillBatch(boolean withTurns) {
        int taken = changed.take(batch);
        batched = 0;
        written = 0;
        for (int i = 0; i < taken; i++) {
            int place = batch[i];
            if (isMarked(place, UNWRITTEN)) {
                if (withTurns && takesAnotherTurn(place, USED)) {
                    changed.add(place, changed.taken());
                } else {
                    batch[batched++] = place;
                }
            }
        }
        order.sort(batch, batched, users);
    }

    private void write(int place) throws IOException {
        if (!isMarked(place, UNWRITTEN)) {
            return;
        }
        if (users.isDecoded(place)) {
            packer.refresh(place);
            weighAnew(place);
        }
        String userId = users.userId(place);
        int length = users.packedBytes(place);
        if (length > 0) {
            byte[] entry = users.entry(place);
            store.putPacked(userId, entry, IdBytes.end(entry), length);
        } else {
            store.remove(userId);
        }
        marks[place] &= ~UNWRITTEN;
        unwritten--;
    }

    private boolean isMarked(int place, int mark) {
        return (marks[place] & mark) != 0;
    }

    /** By the bytes that its stored form takes. */
    private void weighAnew(int place) {
        int before = users.weight(place);
        weigh(place);
        decodedBytes += users.weight(place) - before;
        hold(users.weight(place) - before);
    }

    private void weigh(int place) {
        users.setWeight(place, weight.of(users.entry(place).length, value(place)));
    }

    private void enter(int place) {
        weigh(place);
        if (users.isDecoded(place)) {
            marks[place] |= DECODED;
            decodedBytes += users.weight(place);
        }
        hold(users.weight(place));
    }

    private void leave(int place) {
        if (users.isDecoded(place)) {
            marks[place] &= ~DECODED;
            decodedBytes -= users.weight(place);
        }
        hold(-users.weight(place));
    }

    private void hold(int more) {
        held += more;
        bytes = held;
    }
}
