// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.kafka.CommittedRecords;
import dev.segmenter.oracle.Oracle;
import dev.segmenter.oracle.OracleResult;
import dev.segmenter.oracle.OracleSettings;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.file.EventFileReader;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job over real logs against the oracle, record by record, all fields (docs/oracle.md). */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class OracleIT {
    private static final System.Logger LOG = System.getLogger(OracleIT.class.getName());

    @TempDir Path folder;

    /** What happened in 1997 is moved by ten years: events before 2000 are refused. */
    @ParameterizedTest
    @CsvSource({
        "rees46_multistore_head.csv.gz, , P0D, 17434, 1",
        "taobao_userbehavior_2h.csv.gz, , P0D, 110300, 1",
        "cdnow.csv.gz, , P3652D, 69659, 543",
        "taobao_userbehavior_9d.csv.gz, src/test/resources/browsing.yaml, P0D, 84252, 167",
        "online_retail.csv.gz, , P0D, 406829, 368"
    })
    void realFile_everyRecordIsTheOracles(
            String name, Path yaml, Duration shift, int records, int models) throws Exception {
        Path file = RealFiles.find(name);
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = replay(stage, yaml, preload(stage, file, shift));
            Outputs outputs = stage.run(config);
            List<RawEvent> events = events(config);
            OracleResult expected =
                    Oracle.replay(
                            new OracleSettings(
                                    config.features(),
                                    config.roll(),
                                    config.assign(),
                                    config.lateness()),
                            events,
                            outputs.snapshots(),
                            config.get(SegmenterOptions.REPLAY_END_TIME));

            assertThat(events).hasSize(records);
            assertThat(outputs.snapshots()).hasSize(models);
            assertSame(outputs.changes(), expected.changes());
            assertSame(memberships(config), expected.memberships());
            assertThat(expected.late()).isEmpty();
            assertThat(expected.overQuota()).isEmpty();
            assertThat(outputs.deadLetters()).isEmpty();
            tell(name, events, outputs, expected);
        }
    }

    /** User by user, so that a failure names one and not thousands. */
    private static <T> void assertSame(Map<String, List<T>> actual, Map<String, List<T>> expected) {
        expected.forEach(
                (user, records) ->
                        assertThat(actual.get(user)).as("user %s", user).isEqualTo(records));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
    }

    private static void tell(
            String name, List<RawEvent> events, Outputs outputs, OracleResult expected) {
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: {1} events, {2} models, {3} changes and {4} memberships are the oracle''s",
                name,
                events.size(),
                outputs.snapshots().size(),
                expected.changes().values().stream().mapToInt(List::size).sum(),
                expected.memberships().values().stream().mapToInt(List::size).sum());
    }

    /** Sends a file's events; returns the time of the last one, ms. */
    private static long preload(Stage stage, Path file, Duration shift) throws Exception {
        long last = 0;
        try (EventFileReader reader = EventFileReader.open(file, ColumnMapping.standard());
                EventFeed feed = stage.feed()) {
            for (InputRecord record = reader.next(); record != null; record = reader.next()) {
                Event event = record.event();
                event.setEventTime(event.getEventTime().plus(shift));
                feed.send(InputRecord.of(event));
                last = Math.max(last, event.getEventTime().toEpochMilli());
            }
        }
        return last;
    }

    private static SegmenterConfig replay(Stage stage, Path yaml, long endTime) {
        return stage.config(
                yaml,
                "oracle",
                Map.of(
                        "mode", "replay",
                        "parallelism", "2",
                        "replay.end-time", Long.toString(endTime),
                        // A defect shall be read here, not be repeated until the timeout.
                        "flink.restart-strategy.type", "none"));
    }

    /** As the job read them: with their partitions, in the order within each. */
    private static List<RawEvent> events(SegmenterConfig config) {
        RecordDecoder<Event> decoder =
                Codecs.decoder(config.eventFormat(), Event.class, config.registry());
        List<RawEvent> events = new ArrayList<>();
        read(
                config,
                config.topics().clickstream(),
                record ->
                        events.add(
                                RawEvent.of(record.partition(), decoder.decode(record.value()))));
        return events;
    }

    /** All of them by user, null for a tombstone. */
    private static Map<String, List<SegmentMembership>> memberships(SegmenterConfig config) {
        RecordDecoder<SegmentMembership> decoder =
                Codecs.decoder(config.outputFormat(), SegmentMembership.class, config.registry());
        Map<String, List<SegmentMembership>> memberships = new TreeMap<>();
        read(
                config,
                config.topics().memberships(),
                record ->
                        memberships
                                .computeIfAbsent(
                                        new String(record.key(), StandardCharsets.UTF_8),
                                        user -> new ArrayList<>())
                                .add(
                                        record.value() == null
                                                ? null
                                                : decoder.decode(record.value())));
        return memberships;
    }

    private static void read(
            SegmenterConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (CommittedRecords committed =
                new CommittedRecords(config.kafkaProperties(), List.of(topic))) {
            committed.readToEnd(each);
        }
    }
}
