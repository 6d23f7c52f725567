// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who comes in, in the order of arrival. An event is late if its partition has already shown one
 * younger by more than the lateness. The life clock of a partition is its greatest event time, and
 * 1 ms more after each erasure.
 */
final class Admission {
    private final FeatureSet features;
    private final long lateness;
    private final Map<Integer, Long> greatest = new LinkedHashMap<>();
    private final Map<Integer, Long> life = new LinkedHashMap<>();
    final Map<String, List<ClickEvent>> admitted = new LinkedHashMap<>();
    final List<RawEvent> late = new ArrayList<>();

    Admission(OracleSettings settings) {
        features = settings.features();
        lateness = settings.lateness().toMillis();
    }

    void arrive(RawEvent record) {
        int partition = record.partition();
        if (record.isErasure()) {
            long now = life.getOrDefault(partition, Long.MIN_VALUE);
            boolean first = now == Long.MIN_VALUE;
            life.computeIfPresent(partition, (p, clock) -> clock + 1);
            admit(ClickEvent.erasure(record.userId(), first ? 0 : now));
        } else if (isLate(record)) {
            late.add(record);
        } else {
            greatest.merge(partition, record.time(), Math::max);
            life.merge(partition, greatest.get(partition), Math::max);
            admit(reduced(record.event(), life.get(partition)));
        }
    }

    private boolean isLate(RawEvent record) {
        Long newest = greatest.get(record.partition());
        return newest != null && record.time() < newest - lateness;
    }

    private void admit(ClickEvent event) {
        admitted.computeIfAbsent(event.userId(), user -> new ArrayList<>()).add(event);
    }

    private ClickEvent reduced(Event event, long lifeClock) {
        return new ClickEvent(
                event.getUserId(),
                false,
                lifeClock,
                Hashes.of(event.getEventId()),
                event.getEventTime().toEpochMilli(),
                features.eventTypes().indexOf(event.getEventType()),
                hashed(event.getItemId()),
                hashed(event.getCategory()),
                event.getPrice() == null ? 0 : event.getPrice());
    }

    /** Samples of distinct items go by this hash; 0 stands for none. */
    private static int hashed(String name) {
        return name == null || name.isEmpty() ? 0 : Hashes.toInt(Hashes.of(name));
    }
}
