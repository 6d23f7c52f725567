// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.roll.OverflowIds;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** Event ids of very active users, one small state entry each. */
final class StoredOverflowIds implements OverflowIds {
    private final MapState<Long, Long> times;

    StoredOverflowIds(MapState<Long, Long> times) {
        this.times = times;
    }

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
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
        times.clear();
    }
}
