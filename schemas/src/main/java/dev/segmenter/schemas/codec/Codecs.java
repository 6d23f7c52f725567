// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import dev.segmenter.schemas.Event;
import org.apache.avro.specific.SpecificRecord;

/** Codecs by wire format. Each call makes a new one, for one thread. */
public final class Codecs {

    private Codecs() {}

    /**
     * A decoder of a record class.
     *
     * @param registry needed by CONFLUENT, else ignored and may be null
     * @throws IllegalArgumentException for CONFLUENT without registry, JSON of another class
     */
    public static <T extends SpecificRecord> RecordDecoder<T> decoder(
            WireFormat format, Class<T> type, RegistrySettings registry) {
        return switch (format) {
            case AVRO -> SingleObjectCodec.of(type);
            case CONFLUENT -> ConfluentCodec.of(type, client(type, registry));
            case JSON -> json(type);
        };
    }

    /**
     * An encoder of a record class; CONFLUENT registers its schema under the subject.
     *
     * @param registry needed by CONFLUENT, else ignored and may be null
     * @param subject for CONFLUENT, customarily {@code <topic>-value}; else ignored and may be null
     * @throws IllegalArgumentException for CONFLUENT without registry, and for JSON
     */
    public static <T extends SpecificRecord> RecordEncoder<T> encoder(
            WireFormat format, Class<T> type, RegistrySettings registry, String subject) {
        return switch (format) {
            case AVRO -> SingleObjectCodec.of(type);
            case CONFLUENT -> ConfluentCodec.of(type, client(type, registry), subject);
            case JSON ->
                    throw new IllegalArgumentException(
                            "wire format JSON is for input only; write %s as AVRO or CONFLUENT"
                                    .formatted(type.getSimpleName()));
        };
    }

    private static SchemaRegistryClient client(Class<?> type, RegistrySettings registry) {
        if (registry == null) {
            throw new IllegalArgumentException(
                    "wire format CONFLUENT of %s needs the URL of a schema registry"
                            .formatted(type.getSimpleName()));
        }
        return new SchemaRegistryClient(registry);
    }

    @SuppressWarnings("unchecked") // T is Event, as the line before has made sure.
    private static <T extends SpecificRecord> RecordDecoder<T> json(Class<T> type) {
        if (type != Event.class) {
            throw new IllegalArgumentException(
                    "wire format JSON holds Event only, not %s; use AVRO or CONFLUENT"
                            .formatted(type.getSimpleName()));
        }
        return (RecordDecoder<T>) new JsonEventDecoder();
    }
}
