// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.KafkaEndpoints;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.schemas.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watermark alignment pauses partitions that the reader may just have read to their end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PausedPartitionsIT {
    private static final TopicPartition ENDING = new TopicPartition(Stage.CLICKSTREAM, 0);
    private static final TopicPartition WAITING = new TopicPartition(Stage.CLICKSTREAM, 1);

    /** One more than the reader holds: the last one is read, and waits for room. */
    private static final int RECORDS = 3;

    @TempDir Path folder;

    @Test
    void partitionPausedBehindItsLastRecord_readerGoesOn() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(events(ENDING, RECORDS));
            ReaderStage context = new ReaderStage();
            try (SourceReader<SourceRecord, KafkaPartitionSplit> reader = reader(stage, context)) {
                reader.start();
                reader.addSplits(
                        List.of(
                                new KafkaPartitionSplit(ENDING, 0, RECORDS),
                                new KafkaPartitionSplit(WAITING, 0, 1)));
                reader.notifyNoMoreSplits();
                context.awaitAssigned(1);

                reader.pauseOrResumeSplits(
                        List.of(ENDING.toString(), WAITING.toString()), List.of());
                context.poll(reader, RECORDS);
                stage.send(events(WAITING, 1));
                reader.pauseOrResumeSplits(
                        List.of(), List.of(ENDING.toString(), WAITING.toString()));
                context.pollToEnd(reader);

                assertThat(context.records()).hasSize(RECORDS + 1);
            }
        }
    }

    /** One record a poll, so that the reader is full before it has read all. */
    @SuppressWarnings("unchecked")
    private static SourceReader<SourceRecord, KafkaPartitionSplit> reader(
            Stage stage, ReaderStage context) throws Exception {
        SegmenterConfig config =
                stage.config(
                        null,
                        "paused",
                        Map.of(
                                "mode", "replay",
                                "replay.end-time", "0",
                                "kafka.properties.max.poll.records", "1"));
        Source<SourceRecord, KafkaPartitionSplit, ?> source =
                (Source<SourceRecord, KafkaPartitionSplit, ?>) new KafkaEndpoints(config).events();
        return source.createReader(context);
    }

    private static List<Event> events(TopicPartition partition, int number) {
        String user =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "user-" + i)
                        .filter(id -> Stage.partitionOf(id) == partition.partition())
                        .findFirst()
                        .orElseThrow();
        return IntStream.range(0, number)
                .mapToObj(
                        i ->
                                Event.newBuilder()
                                        .setEventId(partition + "/" + i)
                                        .setUserId(user)
                                        .setEventTime(Instant.parse("2025-01-01T00:00:00Z"))
                                        .setEventType("view")
                                        .build())
                .toList();
    }
}
