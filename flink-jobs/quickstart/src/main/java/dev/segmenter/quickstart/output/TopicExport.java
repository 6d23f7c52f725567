// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.job.config.Topics;
import dev.segmenter.job.kafka.CommittedRecords;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes each output topic to an Avro container file named after it. */
public final class TopicExport {
    private final String bootstrapServers;
    private final Path folder;

    private TopicExport(String bootstrapServers, Path folder) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
    }

    /** Exports all that is committed by now, of the memberships the last one of each user, and tells of it. */
    public static void run(
            String bootstrapServers, Topics topics, Path folder, OutputListener listener)
            throws IOException {
        Files.createDirectories(folder);
        TopicExport export = new TopicExport(bootstrapServers, folder);
        export.writeAll(
                topics.snapshots(),
                CentroidSnapshot.class,
                CentroidSnapshot.getDecoder(),
                listener::snapshot);
        export.writeLast(
                topics.memberships(),
                SegmentMembership.class,
                SegmentMembership.getDecoder(),
                listener::membership);
        export.writeAll(
                topics.changes(),
                SegmentChange.class,
                SegmentChange.getDecoder(),
                listener::change);
        export.writeAll(
                topics.deadLetters(), DeadLetter.class, DeadLetter.getDecoder(), letter -> {});
    }

    private <T extends SpecificRecordBase> void writeAll(
            String topic,
            Class<T> type,
            BinaryMessageDecoder<T> decoder,
            Consumer<? super T> listener)
            throws IOException {
        try (DataFileWriter<T> writer = open(topic, type);
                CommittedRecords records = committed(topic)) {
            records.readToEnd(record -> append(writer, decode(decoder, record.value()), listener));
        }
    }

    private <T extends SpecificRecordBase> void writeLast(
            String topic,
            Class<T> type,
            BinaryMessageDecoder<T> decoder,
            Consumer<? super T> listener)
            throws IOException {
        Map<String, byte[]> last = new LinkedHashMap<>();
        try (CommittedRecords records = committed(topic)) {
            records.readToEnd(
                    record -> replace(last, new String(record.key(), UTF_8), record.value()));
        }
        Collection<byte[]> values = last.values();
        try (DataFileWriter<T> writer = open(topic, type)) {
            values.forEach(value -> append(writer, decode(decoder, value), listener));
        }
    }

    /** Moves the key to the end, so that the order is that of the last values. */
    private static void replace(Map<String, byte[]> last, String key, byte[] value) {
        last.remove(key);
        if (value != null) {
            last.put(key, value);
        }
    }

    private CommittedRecords committed(String topic) {
        return new CommittedRecords(Map.of("bootstrap.servers", bootstrapServers), List.of(topic));
    }

    private <T extends SpecificRecordBase> DataFileWriter<T> open(String topic, Class<T> type)
            throws IOException {
        SpecificDatumWriter<T> datumWriter = new SpecificDatumWriter<>(type);
        DataFileWriter<T> writer = new DataFileWriter<>(datumWriter);
        writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        return writer.create(
                SpecificData.get().getSchema(type), folder.resolve(topic + ".avro").toFile());
    }

    private static <T> T decode(BinaryMessageDecoder<T> decoder, byte[] value) {
        try {
            return decoder.decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void append(
            DataFileWriter<T> writer, T record, Consumer<? super T> listener) {
        try {
            writer.append(record);
            listener.accept(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
