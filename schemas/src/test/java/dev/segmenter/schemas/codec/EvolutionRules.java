// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a schema may become: old records stay readable by new code and new records by old code, for
 * every version ever kept; a number keeps its logical type; and each change is kept as a version.
 */
final class EvolutionRules {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EvolutionRules() {}

    /** One sentence for each broken rule; empty if the schema may be released. */
    static List<String> violations(Schema current, List<Schema> kept) {
        List<String> violations = new ArrayList<>();
        if (kept.isEmpty() || !same(current, kept.get(kept.size() - 1))) {
            violations.add(
                    "%s is not kept as v%d: run mvn -q -pl schemas test-compile exec:java"
                            .formatted(current.getName(), kept.size() + 1));
        }
        for (int i = 0; i < kept.size(); i++) {
            String old = current.getName() + " v" + (i + 1);
            checkReads(current, kept.get(i), "today's schema cannot read " + old, violations);
            checkReads(kept.get(i), current, old + " cannot read today's schema", violations);
            checkLogicalTypes(kept.get(i), current, old, violations);
        }
        return violations;
    }

    /** True if two schemas differ in their doc texts at most. */
    static boolean same(Schema one, Schema other) {
        return withoutDocs(one).equals(withoutDocs(other));
    }

    private static JsonNode withoutDocs(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            dropDocs(tree);
            return tree;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dropDocs(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("doc");
        }
        node.forEach(EvolutionRules::dropDocs);
    }

    private static void checkReads(
            Schema reader, Schema writer, String problem, List<String> violations) {
        SchemaCompatibilityResult result =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            violations.add(problem + ": " + result.getIncompatibilities());
        }
    }

    /** Avro itself would let milliseconds become microseconds: both are a long. */
    private static void checkLogicalTypes(
            Schema old, Schema current, String name, List<String> violations) {
        Map<String, String> before = logicalTypes(old);
        logicalTypes(current)
                .forEach(
                        (path, type) -> {
                            String was = before.getOrDefault(path, type);
                            if (!was.equals(type)) {
                                violations.add(
                                        "%s: %s was %s, is %s".formatted(name, path, was, type));
                            }
                        });
    }

    /** Logical type, or "none", of each leaf by its path. */
    static Map<String, String> logicalTypes(Schema schema) {
        Map<String, String> types = new TreeMap<>();
        collect(schema.getName(), schema, types);
        return types;
    }

    private static void collect(String path, Schema schema, Map<String, String> types) {
        switch (schema.getType()) {
            case RECORD ->
                    schema.getFields()
                            .forEach(f -> collect(path + "." + f.name(), f.schema(), types));
            case ARRAY -> collect(path, schema.getElementType(), types);
            case MAP -> collect(path, schema.getValueType(), types);
            case UNION -> schema.getTypes().forEach(branch -> collectBranch(path, branch, types));
            default ->
                    types.put(
                            path,
                            Objects.requireNonNullElse(schema.getProp("logicalType"), "none"));
        }
    }

    private static void collectBranch(String path, Schema branch, Map<String, String> types) {
        if (branch.getType() != Schema.Type.NULL) {
            collect(path, branch, types);
        }
    }
}
