// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.UserKey;
import dev.segmenter.model.roll.OverflowIds;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** Event ids of very active users, one small state entry each. */
final class StoredOverflowIds implements OverflowIds {
    private final MapState<Long, Long> times;
    private final UserKey key;
    private String userId;

    StoredOverflowIds(MapState<Long, Long> times, UserKey key) {
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
        key.set(userId);
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
        key.set(userId);
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
        key.set(userId);
        times.clear();
    }
}
