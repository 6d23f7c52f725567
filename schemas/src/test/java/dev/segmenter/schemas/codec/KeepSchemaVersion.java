// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Keeps today's schemas as versions, each with one record's bytes and the same record in Avro JSON.
 * Run by {@code mvn -q -pl schemas test-compile exec:java}: adds a version to each contract that
 * changed. With {@code -Dversions=replace} it rewrites the newest one instead, which only an
 * unreleased version may suffer.
 */
public final class KeepSchemaVersion {

    private static final String PACKAGE = "dev/segmenter/schemas/";

    private KeepSchemaVersion() {}

    /** Arguments: the module's folder; add or replace. */
    public static void main(String[] args) throws IOException {
        boolean replace =
                switch (args[1]) {
                    case "add" -> false;
                    case "replace" -> true;
                    default ->
                            throw new IllegalArgumentException(
                                    "versions: '" + args[1] + "' is neither add nor replace");
                };
        for (SpecificRecordBase sample : Samples.all()) {
            keep(Path.of(args[0]), sample, replace);
        }
    }

    private static void keep(Path module, SpecificRecordBase sample, boolean replace)
            throws IOException {
        Schema current = SchemaHistory.portable(sample.getSchema());
        List<Schema> kept = SchemaHistory.versions(current.getName());
        int newest = kept.size();
        if (newest > 0 && !replace && EvolutionRules.same(current, kept.get(newest - 1))) {
            return;
        }
        int version = replace ? Math.max(newest, 1) : newest + 1;
        Path history =
                module.resolve("src/main/resources/" + PACKAGE + "history/" + current.getName());
        Path bytes = module.resolve("src/test/resources/" + PACKAGE + "bytes");
        Files.createDirectories(history);
        Files.createDirectories(bytes);
        String name = current.getName() + "-v" + version;
        Files.writeString(history.resolve("v" + version + ".avsc"), current.toString(true) + "\n");
        Files.write(bytes.resolve(name + ".bin"), singleObject(sample));
        Files.writeString(bytes.resolve(name + ".json"), json(sample, current) + "\n");
    }

    private static byte[] singleObject(SpecificRecordBase sample) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<SpecificRecordBase>(sample.getSpecificData(), sample.getSchema())
                .encode(sample, out);
        return out.toByteArray();
    }

    private static String json(SpecificRecordBase sample, Schema schema) throws IOException {
        SpecificData data = sample.getSpecificData();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out, true);
        new SpecificDatumWriter<SpecificRecordBase>(schema, data).write(sample, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
