// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

/** Values in Flink's keyed state, each under its user's key; the key at hand stays the one it was. */
final class StoredValues<T> implements UserValues<T> {
    private final KeyedStateBackend<String> backend;
    private final ValueState<Timed<T>> state;
    private final UnaryOperator<Timed<T>> handOver;

    private StoredValues(
            KeyedStateBackend<String> backend,
            ValueState<Timed<T>> state,
            UnaryOperator<Timed<T>> handOver) {
        this.backend = backend;
        this.state = state;
        this.handOver = handOver;
    }

    /** Hands out what the backend hands out: the heap's own objects, which must not be held on to. */
    static <T> StoredValues<T> direct(
            KeyedStateBackend<String> backend, ValueState<Timed<T>> state) {
        return new StoredValues<>(backend, state, UnaryOperator.identity());
    }

    /** Hands out copies and takes copies, so that values can be held and changed outside. */
    static <T> StoredValues<T> copying(
            KeyedStateBackend<String> backend,
            ValueState<Timed<T>> state,
            TypeSerializer<Timed<T>> serializer) {
        return new StoredValues<>(
                backend, state, value -> value == null ? null : serializer.copy(value));
    }

    @Override
    public Timed<T> get(String userId) throws IOException {
        String atHand = switchTo(userId);
        try {
            return handOver.apply(state.value());
        } finally {
            switchBack(userId, atHand);
        }
    }

    @Override
    public void put(String userId, Timed<T> value) throws IOException {
        String atHand = switchTo(userId);
        try {
            state.update(handOver.apply(value));
        } finally {
            switchBack(userId, atHand);
        }
    }

    @Override
    public void remove(String userId) throws IOException {
        String atHand = switchTo(userId);
        try {
            state.clear();
        } finally {
            switchBack(userId, atHand);
        }
    }

    @Override
    public void flush() {}

    private String switchTo(String userId) {
        String atHand = backend.getCurrentKey();
        if (!userId.equals(atHand)) {
            backend.setCurrentKey(userId);
        }
        return atHand;
    }

    /** There is no key at hand before the first record. */
    private void switchBack(String userId, String atHand) {
        if (atHand != null && !userId.equals(atHand)) {
            backend.setCurrentKey(atHand);
        }
    }
}
