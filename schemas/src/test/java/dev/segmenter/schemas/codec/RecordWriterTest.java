// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with Avro's own writer; records are made from the schema, so that none of its fields is missed. */
class RecordWriterTest {

    private static final String[] TEXTS = {"", "u-1", "Ünïcødé 用户 \uD83D\uDE00", "x".repeat(700)};
    private static final double[] NUMBERS = {0, -0.0, 1, 0.1, Double.NaN, Double.MIN_VALUE, -1e300};

    static List<SpecificRecordBase> contracts() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void write_randomRecords_equalsAvrosOwnWriter(SpecificRecordBase contract) throws IOException {
        RecordWriter writer = new RecordWriter(contract.getSchema());
        ArrayEncoder out = new ArrayEncoder();
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Object record = random(contract.getSchema(), random);
            out.reset(new byte[0]);
            writer.write((SpecificRecordBase) record, out);
            assertThat(out.toByteArray()).isEqualTo(avroWritten((SpecificRecordBase) record));
        }
    }

    private static byte[] avroWritten(SpecificRecordBase record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
                .write(record, out);
        out.flush();
        return bytes.toByteArray();
    }

    /** One in three of those that can be null is. */
    private static Object random(Schema schema, Random random) {
        return switch (schema.getType()) {
            case RECORD -> randomRecord(schema, random);
            case UNION -> random.nextInt(3) == 0 ? null : random(schema.getTypes().get(1), random);
            case ARRAY -> several(random, () -> random(schema.getElementType(), random)).toList();
            case MAP -> randomMap(schema, random);
            case ENUM -> {
                Object[] constants = classOf(schema).getEnumConstants();
                yield constants[random.nextInt(constants.length)];
            }
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> ByteBuffer.wrap(new byte[random.nextInt(9)]);
            case INT -> random.nextInt() >> random.nextInt(Integer.SIZE);
            case LONG -> randomLong(schema, random);
            case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
            case BOOLEAN -> random.nextBoolean();
            case FIXED, FLOAT, NULL -> throw new AssertionError(schema);
        };
    }

    private static SpecificRecordBase randomRecord(Schema schema, Random random) {
        SpecificRecordBase record;
        try {
            record = (SpecificRecordBase) classOf(schema).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), random(field.schema(), random));
        }
        return record;
    }

    private static Map<Object, Object> randomMap(Schema schema, Random random) {
        Map<Object, Object> map = new LinkedHashMap<>();
        several(random, () -> TEXTS[random.nextInt(TEXTS.length)])
                .forEach(key -> map.put(key, random(schema.getValueType(), random)));
        return map;
    }

    private static Object randomLong(Schema schema, Random random) {
        long number = random.nextLong() >> random.nextInt(Long.SIZE);
        return schema.getLogicalType() == null ? number : (Object) Instant.ofEpochMilli(number);
    }

    private static Stream<Object> several(Random random, Supplier<Object> item) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> item.get());
    }

    private static Class<?> classOf(Schema schema) {
        try {
            return Class.forName(schema.getFullName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void schema_ofATypeThatNoContractUses_isRefused() {
        Schema decimal = LogicalTypes.decimal(4).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema notOptional =
                Schema.createUnion(
                        Schema.create(Schema.Type.INT), Schema.create(Schema.Type.STRING));
        Schema number = Schema.create(Schema.Type.FLOAT);
        assertThat(List.of(decimal, notOptional, number))
                .allSatisfy(
                        schema ->
                                assertThatThrownBy(() -> new RecordWriter(schema))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("add it here"));
    }
}
