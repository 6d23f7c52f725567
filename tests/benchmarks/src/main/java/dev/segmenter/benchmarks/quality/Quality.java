// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Measures how good the segments are: {@code mvn -Pquality}. Writes the tables of docs/quality.md and
 * every score to tests/benchmarks/target/quality.json.
 */
public final class Quality {
    private static final int SEEDS = 5;
    private static final String DATA_VARIABLE = "SEGMENTER_DATA";

    private final Path root;
    private final PrintStream out;
    private final List<Score> scores = new ArrayList<>();

    private Quality(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /** Takes the project's root folder. */
    public static void main(String[] arguments) throws IOException {
        new Quality(Path.of(arguments[0]).toRealPath(), System.out).run();
    }

    private void run() throws IOException {
        measure(new SyntheticPopulation("synthetic", 2_000, Duration.ofDays(150)));
        measureLog("online_retail", Map.of("features", "shop", "model.k", "6"));
        measureLog(
                "taobao_userbehavior_9d",
                Map.of("features", "browsing", "model.k", "5", "model.vote-interval", "1h"));
        writeScores(root.resolve("tests/benchmarks/target/quality.json"));
    }

    private void measureLog(String name, Map<String, String> options) throws IOException {
        String configured = System.getenv(DATA_VARIABLE);
        Path data = root.resolve(configured == null ? "../shared/data" : configured).normalize();
        Path file = data.resolve("dev").resolve(name + ".csv.gz");
        if (Files.exists(file)) {
            measure(new LoggedPopulation(name, file, options));
        } else {
            out.printf(
                    "%s: skipped, there is no %s; set %s to the folder that holds dev/%n",
                    name, file, DATA_VARIABLE);
        }
    }

    private void measure(Population population) throws IOException {
        List<TrialResult> results = new ArrayList<>();
        for (long seed : LongStream.rangeClosed(1, SEEDS).toArray()) {
            TrialResult result = Trial.run(population, seed);
            results.add(result);
            scores.addAll(result.scores());
        }
        String table = new QualityTable(results).toMarkdown();
        out.printf("%n%s: %s%n", population.name(), table);
        MarkedSections page = new MarkedSections(root.resolve("docs/quality.md"));
        page.replace(population.name(), table);
    }

    private void writeScores(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        mapper.writeValue(file.toFile(), scores);
        out.printf("%nScores: %s%n", file);
    }
}
