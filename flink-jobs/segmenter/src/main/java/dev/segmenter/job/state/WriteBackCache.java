// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;

/**
 * Holds users' values, up to an estimated number of bytes, so that an event of a user seen lately costs neither
 * a read nor a write of the state below. Where there is not room for all, a part of the bytes is for decoded
 * values, of those who act most; the others are held packed, in their stored form, which takes a third of the
 * heap and is one object without references.
 *
 * <p>A changed value is written when it has to make room, when it is the pace's turn, and by {@link #flush}, which
 * every savepoint begins with; a checkpoint carries what is unwritten. The timer of an unwritten user is here, unless
 * it is the one that the store has for the user. Nothing here outlives a failure, and nothing needs to: what was
 * written since the last checkpoint is lost with it, and the events come again.
 *
 * <p>Who is packed, and who of the packed is dropped, is decided by the clock algorithm (F. Corbato, 1968): in
 * order of entry, but whoever was used since it was last looked at gets another turn. So an access touches
 * its own entry only. Users known to have no value are remembered as well. The user asked for last is
 * neither packed nor dropped.
 */
public final class WriteBackCache<T extends Prefetchable> implements UserValues<T> {
    /** Of the bytes, for decoded values if there is not room enough for all. */
    private static final double DECODED_SHARE = 0.1;

    private final UserStore<T> store;
    private final CachedUsers users = new CachedUsers();
    private final DecodedValues<T> decoded = new DecodedValues<>();
    private final GroupPrefetch<T> ahead = new GroupPrefetch<>(users, decoded);
    private final TypeSerializer<Timed<T>> serializer;
    private final PackedUsers<T> packer;
    private final UnwrittenUsers<T> unwritten;
    private final CachedTimers<T> timers = new CachedTimers<>(users, decoded, ahead);
    private final CacheWeight weight;
    private final long capacity;
    private final long decodedCapacity;
    private final Counter misses;

    /** The place of the user asked for last. */
    private int atHand = CachedUsers.NOWHERE;

    /** The hands of two clocks over the places: who is packed next, and who is dropped. */
    private int packing;

    private int dropping;
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
        this.serializer = serializer;
        this.unwritten = new UnwrittenUsers<>(store, serializer, users, ahead, this::refresh, pace);
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
        change(place);
        timers.schedule(place);
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
        change(place);
    }

    @Override
    public Timed<T> getDue(String userId, long time) throws IOException {
        int place = find(userId);
        if (!timers.isFiring() && users.registered(place) == time) {
            users.setRegistered(place, Timed.NONE);
        }
        Timed<T> value = value(place);
        if (value == null || value.timer() != time) {
            return null;
        }
        value.setTimer(Timed.NONE);
        return value;
    }

    @Override
    public boolean fireUpTo(long watermark, Moment moment) throws Exception {
        return timers.fireUpTo(watermark, moment);
    }

    @Override
    public void flush() throws IOException {
        unwritten.carryRest();
        unwritten.writeAll();
        makeRoom();
    }

    @Override
    public boolean onlyCarries() {
        return unwritten.onlyCarries();
    }

    @Override
    public boolean carryInto(CarriedBytes checkpoint, BesideUsers beside) throws IOException {
        // The user at hand may be changed without being asked for again.
        atHand = CachedUsers.NOWHERE;
        return unwritten.carryInto(checkpoint, beside);
    }

    @Override
    public boolean carrySome() throws IOException {
        boolean any = unwritten.carrySome();
        makeRoom();
        return any;
    }

    @Override
    public void carryRest() throws IOException {
        unwritten.carryRest();
        makeRoom();
    }

    /** Bytes of the last checkpoint; from any thread. */
    long carriedBytes() {
        return unwritten.carriedBytes();
    }

    @Override
    public void restore(Iterable<KeyGroupStatePartitionStreamProvider> carried, BesideUsers beside)
            throws IOException {
        CarriedUsers.read(carried, serializer, beside, this::restore);
    }

    private void restore(String userId, byte[] value, int length, long registered)
            throws IOException {
        int place = users.add(userId);
        users.setRegistered(place, registered);
        users.widen(place, length);
        System.arraycopy(value, 0, users.entry(place), IdBytes.end(users.entry(place)), length);
        users.setPackedBytes(place, length);
        enter(place);
        unwritten.add(place);
        timers.schedule(place);
        makeRoom();
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
        return unwritten.size();
    }

    /** Places listed to be written, those written meanwhile included. */
    int waiting() {
        return unwritten.listed();
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
            users.mark(place, CachedUsers.USED | CachedUsers.WANTED);
            unwritten.carryFirst(place);
            if (isPacked(place)) {
                leave(place);
                packer.unpack(place);
                enter(place);
            }
        }
        atHand = place;
        unwritten.writeSome();
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
        enter(place);
        if (value != null) {
            users.setRegistered(place, value.timer());
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

    private void change(int place) throws IOException {
        users.setPackedBytes(place, 0);
        unwritten.add(place);
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
        if (users.isMarked(place, CachedUsers.DECODED)
                && !takesAnotherTurn(place, CachedUsers.USED)) {
            pack(place);
        }
    }

    private void dropNext() throws IOException {
        dropping = dropping < users.end() ? dropping : 0;
        int place = dropping++;
        if (!users.isFree(place) && !takesAnotherTurn(place, CachedUsers.WANTED)) {
            drop(place);
        }
    }

    private boolean takesAnotherTurn(int place, int mark) {
        boolean marked = users.isMarked(place, mark);
        users.unmark(place, mark);
        return marked || place == atHand;
    }

    private void pack(int place) throws IOException {
        leave(place);
        packer.refresh(place);
        release(place);
        enter(place);
    }

    private void drop(int place) throws IOException {
        unwritten.write(place);
        leave(place);
        release(place);
        users.remove(place);
    }

    private void refresh(int place) throws IOException {
        if (users.isDecoded(place)) {
            packer.refresh(place);
            weighAnew(place);
        }
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
            users.mark(place, CachedUsers.DECODED);
            decodedBytes += users.weight(place);
        }
        hold(users.weight(place));
    }

    private void leave(int place) {
        if (users.isDecoded(place)) {
            users.unmark(place, CachedUsers.DECODED);
            decodedBytes -= users.weight(place);
        }
        hold(-users.weight(place));
    }

    private void hold(int more) {
        held += more;
        bytes = held;
    }
}
