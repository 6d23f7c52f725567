// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.roll.OverflowIds;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;

/** Event ids of very active users, one small state entry each. */
final class StoredOverflowIds implements OverflowIds {
    private final MapState<Long, Long> times;
    private final Consumer<String> key;
    private String userId;

    /** The key is set before each access; one that the engine sets already may be passed over. */
    StoredOverflowIds(MapState<Long, Long> times, Consumer<String> key) {
        this.times = times;
        this.key = key;
    }

    /** Those of a user, until the next one is asked for. */
    StoredOverflowIds of(String newUserId) {
        userId = newUserId;
        return this;
    }

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        key.accept(userId);
        try {
            if (times.contains(eventIdHash)) {
                return false;
            }
            times.put(eventIdHash, eventTime);
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("state of event ids cannot be accessed", e);
        }
    }

    @Override
    public void dropBefore(long eventTime) {
        key.accept(userId);
        try {
            Iterator<Map.Entry<Long, Long>> entries = times.iterator();
            while (entries.hasNext()) {
                if (entries.next().getValue() < eventTime) {
                    entries.remove();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("state of event ids cannot be accessed", e);
        }
    }

    void clear() {
        key.accept(userId);
        times.clear();
    }
}
