// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;

/**
 * Holds users' values decoded, up to an estimated number of bytes, so that an event of a user seen
 * lately costs neither a read nor a write of the state below.
 *
 * <p>A changed value is written when it has to make room, when more are unwritten than the pace
 * allows (a few with each access, so that a checkpoint finds little left to do), and by {@link
 * #flush}, which every snapshot begins with. Nothing here outlives a failure, and nothing needs to:
 * what was written since the last checkpoint is lost with it, and the events come again.
 *
 * <p>Who goes first is decided by the clock algorithm (F. Corbato, 1968): in order of entry, but whoever
 * was used since it was last looked at gets another turn. So an access touches its own entry only;
 * moving it to the end of an order of use touches four, most of them far away in memory. Values stand
 * in one of two orders, written and unwritten; users known to have none are remembered as well. The
 * user asked for last is never dropped.
 */
public final class WriteBackCache<T> implements UserValues<T> {
    /** Of unwritten values, with one access: some 4 us each. */
    private static final int WRITES_AT_ONCE = 4;

    private final UserValues<T> store;
    private final CacheWeight weight;
    private final long capacity;
    private final WritePace pace;
    private final Map<String, CachedUser<T>> users = new HashMap<>();
    private final CacheOrder<T> written = new CacheOrder<>();
    private final CacheOrder<T> unwritten = new CacheOrder<>();
    private final Counter misses;
    private CachedUser<T> atHand;
    private long entries;
    private long held;

    // Written by the task, read by metric reporters.
    private volatile long bytes;

    /** At most this many bytes by that weight, but for the one user at hand. */
    WriteBackCache(
            UserValues<T> store,
            CacheWeight weight,
            long capacity,
            WritePace pace,
            Counter misses) {
        this.store = store;
        this.weight = weight;
        this.capacity = capacity;
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
        user.value = value;
        changed(user);
    }

    @Override
    public void remove(String userId) throws IOException {
        CachedUser<T> user = find(userId);
        user.value = null;
        changed(user);
    }

    @Override
    public void flush() throws IOException {
        while (unwritten.oldest() != null) {
            write(unwritten.oldest());
        }
        pace.flushed();
    }

    /** Users held. */
    int size() {
        return users.size();
    }

    /** Values not yet written. */
    int unwritten() {
        return unwritten.size();
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
        }
        atHand = user;
        makeRoom();
        writeSome();
        return user;
    }

    private CachedUser<T> load(String userId) throws IOException {
        misses.inc();
        CachedUser<T> user = new CachedUser<>(userId, store.get(userId));
        users.put(userId, user);
        enter(written, user);
        weigh(user);
        return user;
    }

    private void changed(CachedUser<T> user) throws IOException {
        if (!user.unwritten) {
            written.remove(user);
            user.unwritten = true;
            enter(unwritten, user);
        }
        weigh(user);
        makeRoom();
    }

    private void makeRoom() throws IOException {
        while (held > capacity && users.size() > 1) {
            CachedUser<T> oldest = oldest();
            if (!takesAnotherTurn(oldest)) {
                drop(oldest);
            }
        }
    }

    private CachedUser<T> oldest() {
        CachedUser<T> one = written.oldest();
        CachedUser<T> other = unwritten.oldest();
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.entered < other.entered ? one : other;
    }

    private boolean takesAnotherTurn(CachedUser<T> user) {
        if (!user.used && user != atHand) {
            return false;
        }
        CacheOrder<T> order = user.unwritten ? unwritten : written;
        order.remove(user);
        user.used = false;
        enter(order, user);
        return true;
    }

    private void drop(CachedUser<T> user) throws IOException {
        if (user.unwritten) {
            write(user);
        }
        written.remove(user);
        users.remove(user.userId);
        hold(-user.bytes);
    }

    private void writeSome() throws IOException {
        int allowed = pace.allowed(users.size());
        for (int i = 0; i < WRITES_AT_ONCE && unwritten.size() > allowed; i++) {
            CachedUser<T> oldest = unwritten.oldest();
            if (!takesAnotherTurn(oldest)) {
                write(oldest);
            }
        }
    }

    private void write(CachedUser<T> user) throws IOException {
        if (user.value == null) {
            store.remove(user.userId);
        } else {
            store.put(user.userId, user.value);
        }
        unwritten.remove(user);
        user.unwritten = false;
        enter(written, user);
        weigh(user);
    }

    private void weigh(CachedUser<T> user) {
        int now = weight.of(user.userId, user.value);
        if (now != user.bytes) {
            hold(now - user.bytes);
            user.bytes = now;
        }
    }

    private void hold(int more) {
        held += more;
        bytes = held;
    }

    private void enter(CacheOrder<T> order, CachedUser<T> user) {
        user.entered = ++entries;
        order.add(user);
    }
}
