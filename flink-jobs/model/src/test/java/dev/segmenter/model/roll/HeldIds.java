// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.util.HashMap;
import java.util.Map;

/** Overflow ids on the heap, as the operator holds them in a map state. */
final class HeldIds implements OverflowIds {
    final Map<Long, Long> times = new HashMap<>();
    int asked;

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        asked++;
        return times.putIfAbsent(eventIdHash, eventTime) == null;
    }

    @Override
    public void dropBefore(long eventTime) {
        times.values().removeIf(time -> time < eventTime);
    }
}
