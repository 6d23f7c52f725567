// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFileTest {
    @TempDir Path folder;

    @Test
    void write_ofOneDataSet_replacesItsRowsAndKeepsTheOthers() throws IOException {
        ScoreFile file = new ScoreFile(folder.resolve("target/quality.json"));
        file.write(List.of(score("a", 1, 1.5), score("b", 1, 1.25)));
        file.write(List.of(score("a", 1, 1.125)));

        JsonNode rows = new ObjectMapper().readTree(file.path().toFile());

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("data_set").textValue()).isEqualTo("b");
        assertThat(rows.get(1).get("sse_ratio").doubleValue()).isEqualTo(1.125);
        assertThat(rows.get(1).get("method").textValue()).isEqualTo("spark");
    }

    @Test
    void write_ofCentroids_onlyWhereThereAreSome() throws IOException {
        ScoreFile file = new ScoreFile(folder.resolve("quality.json"));
        file.write(List.of(score("a", 1, 1), score("a", 2, 1)));

        JsonNode rows = new ObjectMapper().readTree(file.path().toFile());

        assertThat(rows.get(0).get("centroids").get(1).get(0).doubleValue()).isEqualTo(3);
        assertThat(rows.get(1).has("centroids")).isFalse();
    }

    private static Score score(String set, long seed, double ratio) {
        double[][] centroids = seed == 1 ? new double[][] {{2}, {3}} : null;
        return new Score(set, Method.SPARK, seed, ratio, null, 0.5, 1e3, centroids);
    }
}
