// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's wire format: a zero byte, the id of the writer's schema in a registry (4 bytes,
 * big-endian), Avro binary. Reads with any schema that resolves to T's; registers T's schema with
 * the first write. Reuses its buffers: not thread-safe.
 */
public final class ConfluentCodec<T extends SpecificRecord>
        implements RecordDecoder<T>, RecordEncoder<T> {

    private static final byte MAGIC = 0;
    private static final int ID_AT = 1;
    private static final int BODY_AT = ID_AT + Integer.BYTES;

    private final AvroBody<T> body;
    private final SchemaRegistryClient registry;
    private final String subject;
    private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
    private int lastId;
    private DatumReader<T> lastReader;
    private byte[] header;

    private ConfluentCodec(AvroBody<T> body, SchemaRegistryClient registry, String subject) {
        this.body = body;
        this.registry = registry;
        this.subject = subject;
    }

    /** Registers under the record's full name (Confluent's RecordNameStrategy). */
    public static <T extends SpecificRecord> ConfluentCodec<T> of(
            Class<T> type, SchemaRegistryClient registry) {
        AvroBody<T> body = new AvroBody<>(type);
        return new ConfluentCodec<>(body, registry, body.schema().getFullName());
    }

    /** Registers under a given subject, for example {@code <topic>-value} (TopicNameStrategy). */
    public static <T extends SpecificRecord> ConfluentCodec<T> of(
            Class<T> type, SchemaRegistryClient registry, String subject) {
        return new ConfluentCodec<>(new AvroBody<>(type), registry, subject);
    }

    @Override
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UndecodableException("null instead of a " + body.schema().getName());
        }
        if (bytes.length < BODY_AT || bytes[0] != MAGIC) {
            throw new UndecodableException(
                    "no Confluent header (0 and 4 bytes of schema id); "
                            + UndecodableException.describe(bytes));
        }
        int id = ByteBuffer.wrap(bytes).getInt(ID_AT);
        return body.read(reader(id), bytes, BODY_AT);
    }

    private DatumReader<T> reader(int id) {
        if (lastReader == null || id != lastId) {
            lastReader = readers.computeIfAbsent(id, key -> body.reader(registry.schemaById(key)));
            lastId = id;
        }
        return lastReader;
    }

    /**
     * The record's bytes.
     *
     * @throws RegistryUnavailableException if the schema cannot be registered now
     * @throws SchemaRefusedException if the registry refuses it, as incompatible for example
     */
    @Override
    public byte[] encode(T record) {
        if (header == null) {
            int id = registry.register(subject, body.schema());
            header = ByteBuffer.allocate(BODY_AT).put(MAGIC).putInt(id).array();
        }
        return body.write(header, record);
    }
}
