// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.job.kafka.EventDeserializer;
import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.ClickEventSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import dev.segmenter.schemas.codec.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event of about 100 bytes from Kafka's bytes to the network and off it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SourceBenchmark {
    private static final int RECORDS = 4096;
    private static final int USERS = 424_000;
    private static final String[] TYPES = {"view", "view", "view", "view", "cart", "purchase"};

    private final ConsumerRecord<byte[], byte[]>[] records = records();
    private final ClickEvent[] events = new ClickEvent[RECORDS];
    private final FeatureSet features = Shop.features("shop");
    private final EventRules rules =
            EventRules.live(System::currentTimeMillis, Duration.ofMinutes(5));
    private final EventReducer reducer = new EventReducer(rules, features);
    private final SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);
    private final EventDeserializer deserializer =
            new EventDeserializer(WireFormat.AVRO, null, rules, features);
    private final ClickEventSerializer serializer = new ClickEventSerializer();
    private final DataOutputSerializer out = new DataOutputSerializer(256);
    private final Last last = new Last();
    private NetworkBuffers<ClickEvent> buffers;
    private int next;

    /** Keeps the last record. */
    private static final class Last implements Collector<SourceRecord> {
        private SourceRecord record;

        @Override
        public void collect(SourceRecord newRecord) {
            record = newRecord;
        }

        @Override
        public void close() {}
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ConsumerRecord<byte[], byte[]>[] records() {
        return new ConsumerRecord[RECORDS];
    }

    /** Encodes seeded events of many users. */
    @Setup
    public void encode() throws IOException {
        deserializer.open(null);
        Random random = new Random(5);
        for (int i = 0; i < RECORDS; i++) {
            Event event = event(random, i);
            records[i] = new ConsumerRecord<>("clickstream", i % 4, i, null, codec.encode(event));
            events[i] = reducer.reduce(event, event.getEventTime().toEpochMilli() + i % 300);
        }
        buffers = new NetworkBuffers<>(new ClickEventSerializer(), List.of(events));
    }

    private static Event event(Random random, int number) {
        return new Event(
                "e-%012x".formatted(random.nextLong() >>> 16),
                "user-%07d".formatted(random.nextInt(USERS)),
                Instant.ofEpochMilli(Shop.START + number * 10L),
                TYPES[random.nextInt(TYPES.length)],
                "item-%05d".formatted(random.nextInt(20_000)),
                "category-%02d".formatted(random.nextInt(40)),
                random.nextInt(10_000) / 100.0,
                "s-%08d".formatted(number),
                Map.of());
    }

    private int next() {
        next = (next + 1) & (RECORDS - 1);
        return next;
    }

    /** As the source does: decoded, judged and reduced where it lies. */
    @Benchmark
    public SourceRecord decodeInPlace() {
        deserializer.deserialize(records[next()], last);
        return last.record;
    }

    /** The same by way of Avro's objects, as events of other schema versions go. */
    @Benchmark
    public ClickEvent decodeByAvro() {
        Event event = codec.decode(records[next()].value());
        if (rules.violation(event) != null) {
            throw new IllegalStateException("no event of these is invalid");
        }
        return reducer.reduce(event, 0);
    }

    @Benchmark
    public int writeToNetwork() throws IOException {
        out.clear();
        serializer.serialize(events[next()], out);
        return out.length();
    }

    @Benchmark
    public ClickEvent readFromNetwork() throws IOException {
        return buffers.next();
    }
}
