// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** load.json: an array with one object for each suite and variant. */
record LoadFile(Path path) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Of a project's benchmarks. */
    static LoadFile of(Path projectRoot) {
        return new LoadFile(projectRoot.resolve("tests/benchmarks/target/load.json"));
    }

    /** Writes rows, of whatever record has suite and variant; those of others that are there stay. */
    void write(List<?> rows) throws IOException {
        ArrayNode fresh = MAPPER.valueToTree(rows);
        Set<String> measured = new HashSet<>();
        fresh.forEach(row -> measured.add(keyOf(row)));
        ArrayNode all = MAPPER.createArrayNode();
        if (Files.exists(path)) {
            for (JsonNode row : MAPPER.readTree(path.toFile())) {
                if (!measured.contains(keyOf(row))) {
                    all.add(row);
                }
            }
        }
        Files.createDirectories(path.getParent());
        MAPPER.writeValue(path.toFile(), all.addAll(fresh));
    }

    private static String keyOf(JsonNode row) {
        return row.path("suite").asText() + "/" + row.path("variant").asText();
    }
}
