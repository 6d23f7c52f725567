// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.benchmarks.quality.MarkedSections;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/**
 * Where the suites work.
 *
 * @param work folder of logs, state and checkpoints
 * @param samples of users, by what they depend on
 */
record Bench(Path root, Path work, PrintStream out, Map<String, List<double[]>> samples) {
    /** Options that the sample of users depends on. */
    private static final Set<String> SAMPLED =
            Set.of("events", "users", "skew", "census", "seed", "events-per-day", "features");

    Bench(Path root, Path work, PrintStream out) {
        this(root, work, out, new HashMap<>());
    }

    /** Starts the broker as a process of its own. */
    Broker broker() {
        return Broker.start(root.resolve("tests/benchmarks"), work);
    }

    LoadTopic preload(Broker broker, String name, LoadOptions options) {
        return preload(broker, name, options, LoadEvents.START);
    }

    /** From an event time on, ms. */
    LoadTopic preload(Broker broker, String name, LoadOptions options, long start) {
        long begin = System.nanoTime();
        LoadTopic topic = LoadTopic.preload(broker, name, options, start);
        say(
                "%s: %,d events of %,d users, the top one has %.1f %%, %.0f bytes each, in %.0f s",
                name,
                topic.events(),
                topic.users(),
                100 * topic.topShare(),
                topic.meanBytes(),
                (System.nanoTime() - begin) / 1e9);
        return topic;
    }

    /** Runs one variant and prints its figures; its state and checkpoints are removed. */
    VariantRun.Result run(
            String name, RunSettings settings, LoadOptions options, List<String> finalRequests) {
        prepare(settings, options);
        VariantRun.Result result = new VariantRun(root, settings, options, finalRequests).run();
        for (String folder : new String[] {"tmp", "checkpoints", "savepoints"}) {
            FileUtils.deleteQuietly(settings.folder().resolve(folder).toFile());
        }
        say(
                "%-28s %,12.0f events/s %8.2f CPU s/M  (%s repetitions%s)",
                name,
                Repetition.median(result.repetitions(), Repetition::eventsPerSecond),
                Repetition.median(result.repetitions(), Repetition::cpuSecondsPerMillion),
                result.repetitions().size(),
                result.settled() ? "" : ", not settled");
        return result;
    }

    /** Writes the model that every variant begins with into its folder, in both forms. */
    void prepare(RunSettings settings, LoadOptions options) {
        String key =
                options.asMap().entrySet().stream()
                        .filter(option -> SAMPLED.contains(option.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .toList()
                        .toString();
        List<double[]> vectors = samples.computeIfAbsent(key, any -> SampleVectors.of(options));
        PeerModel model = PeerModel.of(vectors, options.k(), options.seed());
        try {
            Files.createDirectories(settings.folder());
            model.write(settings.folder().resolve(PeerModel.FILE));
            GivenModel.write(
                    settings.folder().resolve(GivenModel.FILE),
                    LoadFeatures.of(options.features()),
                    model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the figures hold under. */
    Map<String, String> conditions(LoadOptions options, LoadTopic topic) {
        Map<String, String> conditions = new HashMap<>(options.asMap());
        conditions.keySet().removeAll(List.of("variants", "suite", "budget", "growth-users"));
        conditions.put("users-in-topic", Long.toString(topic.users()));
        conditions.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        conditions.put("java", System.getProperty("java.version"));
        return conditions;
    }

    void writePage(String section, String text) throws IOException {
        new MarkedSections(root.resolve("docs/performance.md")).replace(section, text);
    }

    void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
