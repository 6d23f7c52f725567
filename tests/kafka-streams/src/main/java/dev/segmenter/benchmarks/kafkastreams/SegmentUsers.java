// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import dev.segmenter.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps each user's panes in the store and forwards "user,time,nearest" whenever the nearest centroid
 * changed: at events, and for the silent once a day of stream time.
 */
final class SegmentUsers implements Processor<byte[], Event, byte[], String> {
    static final String STORE = "users";

    private final Plan plan;
    private final LongAdder records;
    private ProcessorContext<byte[], String> context;
    private KeyValueStore<byte[], byte[]> users;

    SegmentUsers(Plan plan, LongAdder records) {
        this.plan = plan;
        this.records = records;
    }

    @Override
    public void init(ProcessorContext<byte[], String> context) {
        this.context = context;
        users = context.getStateStore(STORE);
        context.schedule(Duration.ofDays(1), PunctuationType.STREAM_TIME, this::slide);
    }

    @Override
    public void process(Record<byte[], Event> record) {
        Event event = record.value();
        UserPanes user = UserPanes.of(users.get(record.key()));
        long time = event.getEventTime().toEpochMilli();
        user.add(
                time,
                event.getEventType(),
                event.getItemId() == null ? 0 : nonZero(event.getItemId().hashCode()),
                event.getPrice() == null ? 0 : event.getPrice());
        decide(record.key(), user, Math.max(time, user.lastEvent));
        users.put(record.key(), user.toBytes());
        records.increment();
    }

    private static int nonZero(int hash) {
        return hash == 0 ? 1 : hash;
    }

    private void slide(long now) {
        try (KeyValueIterator<byte[], byte[]> all = users.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                UserPanes user = UserPanes.of(entry.value);
                user.slide(now);
                if (user.isEmpty()) {
                    users.delete(entry.key);
                    continue;
                }
                int before = user.segment;
                decide(entry.key, user, Math.max(now, user.lastEvent));
                if (before != user.segment) {
                    users.put(entry.key, user.toBytes());
                }
            }
        }
    }

    private void decide(byte[] key, UserPanes user, long time) {
        int nearest = plan.nearest(user.values(plan, time));
        if (nearest != user.segment) {
            user.segment = nearest;
            String text = new String(key, StandardCharsets.UTF_8) + "," + time + "," + nearest;
            context.forward(new Record<>(key, text, time));
        }
    }
}
