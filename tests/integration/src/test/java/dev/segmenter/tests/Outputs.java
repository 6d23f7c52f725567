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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a job has committed.
 *
 * @param changes by user, in topic order
 * @param memberships the last one of each user, null for one that left
 * @param told all memberships by user, in topic order, null where the user left
 * @param snapshots in topic order
 * @param wire the same bytes as they are in the topics
 */
record Outputs(
        Map<String, List<SegmentChange>> changes,
        Map<String, SegmentMembership> memberships,
        Map<String, List<SegmentMembership>> told,
        List<CentroidSnapshot> snapshots,
        List<DeadLetter> deadLetters,
        Wire wire) {
    private static final ByteBuffer TOMBSTONE = ByteBuffer.allocate(0);

    /**
     * Values as bytes, equal for equal outputs: each user's in order, since different users have no
     * order between them.
     *
     * @param deadLetters how often there is which
     */
    record Wire(
            Map<String, List<ByteBuffer>> changes,
            Map<String, List<ByteBuffer>> memberships,
            List<ByteBuffer> snapshots,
            Map<ByteBuffer, Long> deadLetters) {}

    /** Decodes what the job of a configuration wrote. */
    static Outputs read(SegmenterConfig config) {
        Topics topics = config.topics();
        Wire wire =
                new Wire(
                        byUser(records(config, topics.changes())),
                        byUser(records(config, topics.memberships())),
                        values(records(config, topics.snapshots())),
                        values(records(config, topics.deadLetters())).stream()
                                .collect(
                                        Collectors.groupingBy(
                                                value -> value, Collectors.counting())));
        Map<String, List<SegmentMembership>> told =
                decoded(config, wire.memberships(), SegmentMembership.class);
        return new Outputs(
                decoded(config, wire.changes(), SegmentChange.class),
                last(told),
                told,
                decoded(config, wire.snapshots(), CentroidSnapshot.class),
                decoded(config, repeated(wire.deadLetters()), DeadLetter.class),
                wire);
    }

    List<SegmentChange> allChanges() {
        return changes.values().stream().flatMap(List::stream).toList();
    }

    long live() {
        return memberships.values().stream().filter(Objects::nonNull).count();
    }

    private static Map<String, SegmentMembership> last(Map<String, List<SegmentMembership>> told) {
        Map<String, SegmentMembership> last = new LinkedHashMap<>();
        told.forEach((user, all) -> last.put(user, all.get(all.size() - 1)));
        return last;
    }

    private static Map<String, List<ByteBuffer>> byUser(
            List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(
                        Collectors.groupingBy(
                                record -> new String(record.key(), StandardCharsets.UTF_8),
                                TreeMap::new,
                                Collectors.mapping(Outputs::value, Collectors.toList())));
    }

    private static List<ByteBuffer> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(Outputs::value).toList();
    }

    private static ByteBuffer value(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? TOMBSTONE : ByteBuffer.wrap(record.value());
    }

    private static List<ByteBuffer> repeated(Map<ByteBuffer, Long> counts) {
        List<ByteBuffer> all = new ArrayList<>();
        counts.forEach((value, count) -> all.addAll(Collections.nCopies(count.intValue(), value)));
        return all;
    }

    private static <T extends SpecificRecord> Map<String, List<T>> decoded(
            SegmenterConfig config, Map<String, List<ByteBuffer>> values, Class<T> type) {
        Map<String, List<T>> decoded = new TreeMap<>();
        values.forEach((user, bytes) -> decoded.put(user, decoded(config, bytes, type)));
        return decoded;
    }

    // The buffers were wrapped here, each around a whole array.
    @SuppressWarnings("ByteBufferBackingArray")
    private static <T extends SpecificRecord> List<T> decoded(
            SegmenterConfig config, List<ByteBuffer> values, Class<T> type) {
        RecordDecoder<T> decoder = Codecs.decoder(config.outputFormat(), type, config.registry());
        List<T> decoded = new ArrayList<>(values.size());
        for (ByteBuffer value : values) {
            decoded.add(value.equals(TOMBSTONE) ? null : decoder.decode(value.array()));
        }
        return decoded;
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
}
