// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFileTest {
    @Test
    void write_measuredAgain_replacesThatRowAndKeepsOtherSuites(@TempDir Path folder)
            throws IOException {
        LoadFile file = new LoadFile(folder.resolve("target/load.json"));
        file.write(List.of(row("drain", 100), row("growth", 7)));

        file.write(List.of(row("drain", 200)));

        JsonNode rows = new ObjectMapper().readTree(file.path().toFile());
        assertThat(rows.isArray()).isTrue();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("suite").asText()).isEqualTo("growth");
        assertThat(rows.get(1).get("events_per_second").asDouble()).isEqualTo(200);
        assertThat(rows.get(1).get("variant").asText()).isEqualTo("whole-job");
        assertThat(rows.get(1).get("cpu_seconds_per_million").asDouble()).isEqualTo(3);
        assertThat(rows.get(1).get("repetitions").asInt()).isEqualTo(4);
    }

    private static LoadRow row(String suite, double rate) {
        return new LoadRow(
                suite, "whole-job", rate, rate, rate, 3, 3, 3, 4, true, Map.of(), Map.of());
    }
}
