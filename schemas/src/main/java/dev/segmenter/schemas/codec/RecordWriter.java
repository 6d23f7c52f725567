// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes generated records as Avro does, to the byte, with all that the schema says looked up once: Avro's own
 * writer looks for conversions and for the branch of a union by name, in each field of each record. Made
 * from the schema, for the types that the contracts use.
 */
final class RecordWriter {

    /** Writes values of one schema. */
    private interface ValueWriter {
        void write(Object value, ArrayEncoder out) throws IOException;
    }

    private final ValueWriter writer;

    /** Throws IllegalArgumentException if the schema has a type that no contract uses yet. */
    RecordWriter(Schema schema) {
        writer = of(schema);
    }

    /** Throws NullPointerException, with the field's name, if a field is null that must not be. */
    void write(SpecificRecord record, ArrayEncoder out) throws IOException {
        writer.write(record, out);
    }

    private static ValueWriter of(Schema schema) {
        if (schema.getLogicalType() != null) {
            return ofLogicalType(schema);
        }
        return switch (schema.getType()) {
            case RECORD -> ofRecord(schema);
            case UNION -> ofUnion(schema);
            case ARRAY -> ofArray(of(schema.getElementType()));
            case MAP -> ofMap(of(schema.getValueType()));
            case ENUM -> (value, out) -> out.writeEnum(((Enum<?>) value).ordinal());
            case STRING -> (value, out) -> out.writeString((String) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> (value, out) -> out.writeLong((Long) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case FIXED, FLOAT, NULL -> throw unknown(schema);
        };
    }

    private static ValueWriter ofLogicalType(Schema schema) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.TimestampMillis)) {
            throw unknown(schema);
        }
        return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
    }

    private static ValueWriter ofRecord(Schema schema) {
        List<Schema.Field> fields = schema.getFields();
        ValueWriter[] writers = new ValueWriter[fields.size()];
        boolean[] nullable = new boolean[fields.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = of(fields.get(i).schema());
            nullable[i] = fields.get(i).schema().isNullable();
        }
        return (value, out) -> {
            SpecificRecord record = (SpecificRecord) value;
            for (int i = 0; i < writers.length; i++) {
                Object field = record.get(i);
                if (field == null && !nullable[i]) {
                    throw new NullPointerException(
                            "%s.%s is null; set it"
                                    .formatted(schema.getName(), fields.get(i).name()));
                }
                writers[i].write(field, out);
            }
        };
    }

    private static ValueWriter ofUnion(Schema schema) {
        List<Schema> branches = schema.getTypes();
        if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
            throw unknown(schema);
        }
        ValueWriter present = of(branches.get(1));
        return (value, out) -> {
            if (value == null) {
                out.writeIndex(0);
            } else {
                out.writeIndex(1);
                present.write(value, out);
            }
        };
    }

    private static ValueWriter ofArray(ValueWriter item) {
        return (value, out) -> {
            List<?> items = (List<?>) value;
            out.writeArrayStart();
            out.setItemCount(items.size());
            for (Object one : items) {
                item.write(one, out);
            }
            out.writeArrayEnd();
        };
    }

    private static ValueWriter ofMap(ValueWriter item) {
        return (value, out) -> {
            Map<?, ?> items = (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(items.size());
            for (Map.Entry<?, ?> one : items.entrySet()) {
                out.writeString((String) one.getKey());
                item.write(one.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static IllegalArgumentException unknown(Schema schema) {
        return new IllegalArgumentException(
                "%s is of a type that is not written yet; add it here".formatted(schema));
    }
}
