// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

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

/** quality.json: an array with one object for each data set, method and seed. */
public record ScoreFile(Path path) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String DATA_SET = "data_set";

    /** Of a project's benchmarks. */
    public static ScoreFile of(Path projectRoot) {
        return new ScoreFile(projectRoot.resolve("tests/benchmarks/target/quality.json"));
    }

    /** Writes rows; those of other data sets that are there stay. */
    public void write(List<?> rows) throws IOException {
        ArrayNode fresh = MAPPER.valueToTree(rows);
        Set<String> measured = new HashSet<>();
        fresh.forEach(row -> measured.add(row.get(DATA_SET).textValue()));
        ArrayNode all = MAPPER.createArrayNode();
        if (Files.exists(path)) {
            for (JsonNode row : MAPPER.readTree(path.toFile())) {
                if (!measured.contains(row.get(DATA_SET).textValue())) {
                    all.add(row);
                }
            }
        }
        Files.createDirectories(path.getParent());
        MAPPER.writeValue(path.toFile(), all.addAll(fresh));
    }
}
