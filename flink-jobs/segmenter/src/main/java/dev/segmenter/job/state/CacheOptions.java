// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.Prefetchable;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * How much of its users' state an operator holds in a cache.
 *
 * @param bytes of one subtask, 0 for none; null for {@code share} of what the slot's heap has for caches, and none
 *     where the state lies on the heap anyway
 * @param share of the slot's caches
 * @param carriedBytes of changed users that a checkpoint may carry instead of the state backend
 * @param checkpointInterval by which it is told whether a user still changes
 * @param copying over which a checkpoint's copies of carried users are spread, about
 * @param turn at which users are written to the state backend: from one subtask's to the next one's, 0 to 1
 */
public record CacheOptions(
        Long bytes,
        double share,
        long carriedBytes,
        Duration checkpointInterval,
        Duration copying,
        double turn)
        implements Serializable {
    /** Most of a small heap is for the clients, for Flink and for what the garbage collector leaves behind. */
    private static final long SMALL_HEAP = 1L << 30;

    private static final double CACHED_OF_SMALL = 0.25;
    private static final double CACHED_BEYOND = 0.5;

    private static final int OVERFLOW_SHARE = 8;
    private static final long LEAST_OVERFLOW = 4 << 20;

    /** An operator's access to its users: through a cache, or without one. */
    public <T extends Prefetchable> UserValues<T> open(
            StreamingRuntimeContext context,
            KeyedStateStore states,
            InternalTimerService<VoidNamespace> timers,
            UserKey key,
            ValueStateDescriptor<Timed<T>> users,
            TypeSerializer<Timed<T>> serializer,
            CacheWeight weight) {
        ValueState<Timed<T>> state = states.getState(users);
        long capacity = capacity(key, context.getTaskManagerRuntimeInfo().getConfiguration());
        if (capacity == 0) {
            return new UncachedValues<>(StoredUsers.direct(key, state, timers), serializer);
        }
        MetricGroup metrics = MetricNames.group(context.getMetricGroup());
        WriteBackCache<T> cache =
                new WriteBackCache<>(
                        key.isOnHeap()
                                ? StoredUsers.copying(key, state, timers, serializer)
                                : StoredUsers.direct(key, state, timers),
                        serializer,
                        weight,
                        capacity,
                        new WritePace(
                                checkpointInterval,
                                copying,
                                carriedBytes,
                                phase(context.getTaskInfo()),
                                context.getProcessingTimeService()::getCurrentProcessingTime),
                        metrics.counter(MetricNames.CACHE_MISSES));
        metrics.gauge(MetricNames.CACHE_BYTES, (Gauge<Long>) cache::bytes);
        metrics.gauge(MetricNames.CARRIED_BYTES, (Gauge<Long>) cache::carriedBytes);
        return cache;
    }

    private double phase(TaskInfo task) {
        return (task.getIndexOfThisSubtask() + turn) / task.getNumberOfParallelSubtasks();
    }

    /** Of tables beside the users: an eighth of what these take, but never nothing. */
    public long overflowBytes(StreamingRuntimeContext context, UserKey key) {
        long users = capacity(key, context.getTaskManagerRuntimeInfo().getConfiguration());
        return Math.max(users / OVERFLOW_SHARE, LEAST_OVERFLOW);
    }

    private long capacity(UserKey key, Configuration taskManager) {
        if (bytes != null) {
            return bytes;
        }
        int slots = taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS);
        return key.isOnHeap()
                ? 0
                : (long) (share * cachedOf(Runtime.getRuntime().maxMemory()) / slots);
    }

    /** Of a heap, bytes for the caches of all its slots. */
    static double cachedOf(long heap) {
        long small = Math.min(heap, SMALL_HEAP);
        return CACHED_OF_SMALL * small + CACHED_BEYOND * (heap - small);
    }
}
