// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** Users in Flink's keyed state and timers, each under its own key. */
final class StoredUsers<T> implements UserStore<T> {
    private final UserKey key;
    private final ValueState<Timed<T>> state;
    private final InternalTimerService<VoidNamespace> timers;
    private final UnaryOperator<Timed<T>> handOver;
    private final Timed<T> carrier = new Timed<>(null, Timed.NONE);

    private StoredUsers(
            UserKey key,
            ValueState<Timed<T>> state,
            InternalTimerService<VoidNamespace> timers,
            UnaryOperator<Timed<T>> handOver) {
        this.key = key;
        this.state = state;
        this.timers = timers;
        this.handOver = handOver;
    }

    /** Hands out what the backend hands out: the heap's own objects, which must not be held on to. */
    static <T> StoredUsers<T> direct(
            UserKey key, ValueState<Timed<T>> state, InternalTimerService<VoidNamespace> timers) {
        return new StoredUsers<>(key, state, timers, UnaryOperator.identity());
    }

    /** Hands out copies and takes copies, so that values can be held and changed outside. */
    static <T> StoredUsers<T> copying(
            UserKey key,
            ValueState<Timed<T>> state,
            InternalTimerService<VoidNamespace> timers,
            TypeSerializer<Timed<T>> serializer) {
        return new StoredUsers<>(
                key, state, timers, value -> value == null ? null : serializer.copy(value));
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        key.set(userId);
        return handOver.apply(state.value());
    }

    void put(String userId, Timed<T> value) throws IOException {
        key.set(userId);
        state.update(handOver.apply(value));
    }

    @Override
    public void putPacked(String userId, byte[] bytes, int start, int length) throws IOException {
        carrier.setPacked(bytes, start, length);
        put(userId, carrier);
    }

    @Override
    public void remove(String userId) {
        key.set(userId);
        state.clear();
    }

    @Override
    public void moveTimer(String userId, long from, long to) {
        if (from == to) {
            return;
        }
        key.set(userId);
        if (from != Timed.NONE) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, from);
        }
        if (to != Timed.NONE) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, to);
        }
    }

    @Override
    public int keyGroup(int idHash) {
        return key.keyGroupOf(idHash);
    }

    @Override
    public int keyGroups() {
        return key.keyGroups();
    }
}
