// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;

/** Users read from Flink's state and written to it each time. */
final class UncachedValues<T> implements UserValues<T> {
    private final StoredUsers<T> store;
    private final TypeSerializer<Timed<T>> serializer;

    /** The user asked for last, whose value may be in the caller's hands, and the timer that Flink has for it. */
    private String atHand;

    private long registered;

    UncachedValues(StoredUsers<T> store, TypeSerializer<Timed<T>> serializer) {
        this.store = store;
        this.serializer = serializer;
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        Timed<T> value = store.get(userId);
        atHand = userId;
        registered = value == null ? Timed.NONE : value.timer();
        return value;
    }

    @Override
    public Timed<T> getDue(String userId, long time) throws IOException {
        Timed<T> value = get(userId);
        if (value == null || registered != time) {
            return null;
        }
        registered = Timed.NONE;
        value.setTimer(Timed.NONE);
        return value;
    }

    @Override
    public void put(String userId, Timed<T> value) throws IOException {
        moveTimer(userId, value.timer());
        store.put(userId, value);
    }

    @Override
    public void remove(String userId) throws IOException {
        moveTimer(userId, Timed.NONE);
        store.remove(userId);
    }

    private void moveTimer(String userId, long to) throws IOException {
        if (!userId.equals(atHand)) {
            get(userId);
        }
        store.moveTimer(userId, registered, to);
        registered = to;
    }

    @Override
    public void flush() {}

    @Override
    public void restore(Iterable<KeyGroupStatePartitionStreamProvider> carried, BesideUsers beside)
            throws IOException {
        CarriedUsers.read(
                carried,
                serializer,
                beside,
                (userId, value, length, timer) -> {
                    if (length == 0) {
                        store.moveTimer(userId, timer, Timed.NONE);
                        store.remove(userId);
                    } else {
                        store.moveTimer(userId, timer, TimedSerializer.timerIn(value, 0));
                        store.putPacked(userId, value, 0, length);
                    }
                });
    }
}
