// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.MetricNames;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;

/**
 * How much of its users' state an operator holds decoded.
 *
 * @param bytes of one subtask, 0 for none; null for {@code heapShare} of the slot's heap, and none where the
 *     state lies on the heap anyway
 * @param heapShare part of the heap divided by the slots
 * @param checkpointInterval in which the state below is to be brought up to date
 */
public record CacheOptions(Long bytes, double heapShare, Duration checkpointInterval)
        implements Serializable {
    /** The operator's access to its users: through a cache, or without one. */
    public <T> UserValues<T> open(
            KeyedStateBackend<String> backend,
            ValueState<Timed<T>> state,
            TypeSerializer<Timed<T>> serializer,
            CacheWeight weight,
            Configuration taskManager,
            LongSupplier clock,
            MetricGroup metrics) {
        boolean onHeap =
                StateBackendLoader.HASHMAP_STATE_BACKEND_NAME.equals(
                        backend.getBackendTypeIdentifier());
        long capacity = capacity(onHeap, taskManager);
        if (capacity == 0) {
            return StoredValues.direct(backend, state);
        }
        StoredValues<T> store =
                onHeap
                        ? StoredValues.copying(backend, state, serializer)
                        : StoredValues.direct(backend, state);
        WriteBackCache<T> cache =
                new WriteBackCache<>(
                        store,
                        weight,
                        capacity,
                        new WritePace(checkpointInterval, clock),
                        metrics.counter(MetricNames.CACHE_MISSES));
        metrics.gauge(MetricNames.CACHE_BYTES, (Gauge<Long>) cache::bytes);
        return cache;
    }

    private long capacity(boolean onHeap, Configuration taskManager) {
        if (bytes != null) {
            return bytes;
        }
        int slots = taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS);
        return onHeap ? 0 : (long) (heapShare * Runtime.getRuntime().maxMemory() / slots);
    }
}
