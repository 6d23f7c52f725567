// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Measures how good the segments are: {@code mvn -Pquality}. Writes the tables of docs/quality.md and
 * every score to tests/benchmarks/target/quality.json.
 */
public final class Quality {
    private static final int SEEDS = 5;

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
        measureLog("taobao_userbehavior_9d", Map.of("features", "browsing", "model.warm-up", "1h"));
        ScoreFile file = ScoreFile.of(root);
        file.write(scores);
        out.printf("%nScores: %s%n", file.path());
    }

    private void measureLog(String name, Map<String, String> options) throws IOException {
        DataFolder data = DataFolder.of(root);
        String file = "dev/" + name + ".csv.gz";
        Optional<Path> log = data.find(file);
        if (log.isPresent()) {
            measure(new LoggedPopulation(name, log.get(), options));
        } else {
            out.println(data.skipped(file));
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
}
