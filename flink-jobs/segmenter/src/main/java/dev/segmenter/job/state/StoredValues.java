// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Values in Flink's keyed state, each under its user's key. */
final class StoredValues<T> implements UserStore<T> {
    private final UserKey key;
    private final ValueState<Timed<T>> state;
    private final UnaryOperator<Timed<T>> handOver;
    private final Timed<T> carrier = new Timed<>(null, Timed.NONE);

    private StoredValues(
            UserKey key, ValueState<Timed<T>> state, UnaryOperator<Timed<T>> handOver) {
        this.key = key;
        this.state = state;
        this.handOver = handOver;
    }

    /** Hands out what the backend hands out: the heap's own objects, which must not be held on to. */
    static <T> StoredValues<T> direct(UserKey key, ValueState<Timed<T>> state) {
        return new StoredValues<>(key, state, UnaryOperator.identity());
    }

    /** Hands out copies and takes copies, so that values can be held and changed outside. */
    static <T> StoredValues<T> copying(
            UserKey key, ValueState<Timed<T>> state, TypeSerializer<Timed<T>> serializer) {
        return new StoredValues<>(
                key, state, value -> value == null ? null : serializer.copy(value));
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        key.set(userId);
        return handOver.apply(state.value());
    }

    @Override
    public void put(String userId, Timed<T> value) throws IOException {
        key.set(userId);
        state.update(handOver.apply(value));
    }

    @Override
    public void putPacked(String userId, byte[] bytes, int start, int length) throws IOException {
        key.set(userId);
        carrier.setPacked(bytes, start, length);
        state.update(handOver.apply(carrier));
    }

    @Override
    public int keyGroup(String userId) {
        return key.keyGroupOf(userId);
    }

    @Override
    public void remove(String userId) {
        key.set(userId);
        state.clear();
    }

    @Override
    public void flush() {}
}
