// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.DataFolder;
import dev.segmenter.benchmarks.quality.LoggedPopulation;
import dev.segmenter.benchmarks.quality.MarkedSections;
import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.ScoreFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Compares the trainer with its peers on the same points in the same order: part of {@code mvn
 * -Pquality}. Writes its tables into docs/quality.md and its rows into quality.json.
 */
public final class Comparison {
    /** Fewer with -Dsegmenter.quality.seeds while developing. */
    private static final long SEEDS = Long.getLong("segmenter.quality.seeds", 10);

    /** Seeds of which the peers take the streams too: hundreds of batches each, and they hardly differ. */
    private static final long PEER_STREAM_SEEDS = 1;

    /** Points from which on a set is not run in its own scale too: fitting the start once more takes long. */
    private static final int LARGE = 50_000;

    private final DataFolder data;
    private final ScoreFile file;
    private final MarkedSections page;
    private final PrintStream out;
    private final Bars bars = new Bars();

    private Comparison(Path root, PrintStream out) {
        this.data = DataFolder.of(root);
        this.file = ScoreFile.of(root);
        this.page = new MarkedSections(root.resolve("docs/quality.md"));
        this.out = out;
    }

    /** Takes the project's root folder. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        try (Peers peers = Peers.start(root)) {
            new Comparison(root, System.out).run(peers);
        }
    }

    private void run(Peers peers) throws IOException {
        publish("peers", String.join("\n", peers.words()));
        vectors("online_retail", Map.of("features", "shop", "model.k", "6"), peers);
        vectors(
                "taobao_userbehavior_9d",
                Map.of("features", "browsing", "model.warm-up", "1h"),
                peers);
        sets(peers);
        streams(peers);
        publish("bars", bars.toMarkdown());
        out.printf("%nScores: %s%n", file.path());
    }

    private void sets(Peers peers) throws IOException {
        for (BenchmarkSet set : BenchmarkSet.ALL) {
            Optional<Path> found = find(set.file());
            if (found.isPresent()) {
                SetTrial trial = new SetTrial(set.read(found.get()));
                double ratio = trial.referenceSseInOwnUnits() / set.manifestSse();
                measure(
                        trial,
                        String.format(Locale.ROOT, " Reference over the manifest's: %.4f.", ratio),
                        peers);
                if (set.name().equals("s3")) {
                    measure(new StationaryTrial(trial.set(), trial.referenceSse()), peers);
                }
            }
        }
    }

    private void vectors(String name, Map<String, String> options, Peers peers) throws IOException {
        Optional<Path> log = find("dev/" + name + ".csv.gz");
        if (log.isPresent()) {
            PointSet set = FinalVectors.of(new LoggedPopulation(name, log.get(), options));
            measure(new SetTrial(set), "", peers);
        }
    }

    private Optional<Path> find(String path) {
        Optional<Path> found = data.find(path);
        if (found.isEmpty()) {
            out.println(data.skipped(path));
        }
        return found;
    }

    private void measure(SetTrial trial, String remark, Peers peers) throws IOException {
        List<Score> rows = new ArrayList<>();
        for (long seed : seeds()) {
            rows.addAll(trial.run(onSets(peers, trial.set().size()), seed));
        }
        SetTable table = new SetTable(trial.sizes() + remark, rows);
        bars.observe(trial.set().name(), table);
        publish(trial.set().name(), table.toMarkdown());
        file.write(rows);
    }

    private void measure(StationaryTrial trial, Peers peers) throws IOException {
        List<StreamScore> rows = new ArrayList<>();
        for (long seed : seeds()) {
            rows.addAll(trial.run(onStreams(peers, seed), seed));
        }
        publish(trial.name(), rows);
    }

    private void streams(Peers peers) throws IOException {
        for (Scenario scenario :
                List.of(
                        Scenario.sudden(),
                        Scenario.gradual(),
                        Scenario.recurring(),
                        Scenario.vanishing())) {
            List<StreamScore> rows = new ArrayList<>();
            for (long seed : seeds()) {
                rows.addAll(new ScenarioTrial(scenario, seed).run(onStreams(peers, seed)));
            }
            publish(scenario.name(), rows);
        }
    }

    /** The trainer and the peers from the common start, and from starts of their own. */
    private static List<StreamingMethod> onSets(Peers peers, int points) {
        List<StreamingMethod> methods = new ArrayList<>();
        methods.add(new SegmenterMethod(SegmenterMethod.First.COMMON));
        if (points < LARGE) {
            methods.add(new SegmenterMethod(SegmenterMethod.First.OWN_SCALE));
        }
        methods.addAll(peers.commonStart());
        methods.addAll(peers.ownStart());
        return methods;
    }

    /** The trainer all by itself, and the peers from the common start. */
    private static List<StreamingMethod> onStreams(Peers peers, long seed) {
        List<StreamingMethod> methods = new ArrayList<>();
        methods.add(new SegmenterMethod(SegmenterMethod.First.TRAINER));
        if (seed <= PEER_STREAM_SEEDS) {
            methods.addAll(peers.commonStart());
        }
        return methods;
    }

    private static long[] seeds() {
        return LongStream.rangeClosed(1, SEEDS).toArray();
    }

    private void publish(String name, List<StreamScore> rows) throws IOException {
        StreamTable table = new StreamTable(rows);
        bars.observe(name, table);
        publish(name, table.toMarkdown());
        file.write(rows);
    }

    private void publish(String section, String text) throws IOException {
        out.printf("%n%s: %s%n", section, text);
        page.replace(section, text);
    }
}
