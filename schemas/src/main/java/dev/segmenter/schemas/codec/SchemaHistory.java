// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Every schema version a contract ever had, kept as resources {@code history/<Name>/v<N>.avsc}. */
public final class SchemaHistory {

    private static final String FOLDER = "/dev/segmenter/schemas/history/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Read once: serializers of a checkpoint ask for them each time. */
    private static final Map<String, List<Schema>> VERSIONS = new ConcurrentHashMap<>();

    private SchemaHistory() {}

    /** Versions of a record by its simple name, oldest first; empty if none is kept. */
    public static List<Schema> versions(String name) {
        return VERSIONS.computeIfAbsent(name, SchemaHistory::read);
    }

    private static List<Schema> read(String name) {
        List<Schema> versions = new ArrayList<>();
        for (Schema kept = version(name, 1); kept != null; ) {
            versions.add(kept);
            kept = version(name, versions.size() + 1);
        }
        return List.copyOf(versions);
    }

    private static Schema version(String name, int number) {
        String resource = FOLDER + name + "/v" + number + ".avsc";
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
            return in == null ? null : new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }

    /** The schema without the string hints that only Java's generator knows: what others shall see. */
    public static Schema portable(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            dropStringHints(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("schema " + schema.getFullName() + " is no JSON", e);
        }
    }

    private static void dropStringHints(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
        }
        node.forEach(SchemaHistory::dropStringHints);
    }
}
