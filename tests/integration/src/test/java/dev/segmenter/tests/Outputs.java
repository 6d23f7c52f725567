// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.Topics;
import dev.segmenter.job.kafka.CommittedRecords;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a job has committed.
 *
 * @param changes by user, in topic order
 * @param changeBytes the same, as they are on the wire
 * @param memberships the last one of each user, null for one that left
 * @param snapshots in topic order
 */
record Outputs(
        Map<String, List<SegmentChange>> changes,
        Map<String, List<List<Byte>>> changeBytes,
        Map<String, SegmentMembership> memberships,
        List<CentroidSnapshot> snapshots,
        List<DeadLetter> deadLetters) {

    /** Decodes what the job of a configuration wrote. */
    static Outputs read(SegmenterConfig config) {
        Topics topics = config.topics();
        RecordDecoder<SegmentChange> changeDecoder = decoder(config, SegmentChange.class);
        RecordDecoder<SegmentMembership> membershipDecoder =
                decoder(config, SegmentMembership.class);
        Map<String, List<SegmentChange>> changes = new TreeMap<>();
        Map<String, List<List<Byte>>> changeBytes = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(config, topics.changes())) {
            SegmentChange change = changeDecoder.decode(record.value());
            String user = key(record);
            changes.computeIfAbsent(user, u -> new ArrayList<>()).add(change);
            changeBytes.computeIfAbsent(user, u -> new ArrayList<>()).add(boxed(record.value()));
        }
        Map<String, SegmentMembership> memberships = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(config, topics.memberships())) {
            memberships.put(
                    key(record),
                    record.value() == null ? null : membershipDecoder.decode(record.value()));
        }
        return new Outputs(
                changes,
                changeBytes,
                memberships,
                all(config, topics.snapshots(), CentroidSnapshot.class),
                all(config, topics.deadLetters(), DeadLetter.class));
    }

    List<SegmentChange> allChanges() {
        return changes.values().stream().flatMap(List::stream).toList();
    }

    long live() {
        return memberships.values().stream().filter(m -> m != null).count();
    }

    private static <T extends SpecificRecord> List<T> all(
            SegmenterConfig config, String topic, Class<T> type) {
        RecordDecoder<T> decoder = decoder(config, type);
        return records(config, topic).stream()
                .map(record -> decoder.decode(record.value()))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            SegmenterConfig config, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (CommittedRecords committed =
                new CommittedRecords(config.kafkaProperties(), List.of(topic))) {
            committed.readToEnd(records::add);
        }
        return records;
    }

    private static <T extends SpecificRecord> RecordDecoder<T> decoder(
            SegmenterConfig config, Class<T> type) {
        return Codecs.decoder(config.outputFormat(), type, config.registry());
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> boxed = new ArrayList<>(bytes.length);
        for (byte b : bytes) {
            boxed.add(b);
        }
        return boxed;
    }
}
