// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drives the process of one variant and cuts its samples into repetitions. */
final class VariantRun {
    static final String FLINK = "dev.segmenter.benchmarks.load.run.VariantProcess";
    private static final Duration STREAMS_WARM_UP = Duration.ofSeconds(40);
    private static final String STREAMS = "dev.segmenter.benchmarks.kafkastreams.StreamsPeer";

    private final Path root;
    private final RunSettings settings;
    private final LoadOptions options;
    private final List<String> finalRequests;

    /** Final requests: lines that the process is sent once enough is measured. */
    VariantRun(Path root, RunSettings settings, LoadOptions options, List<String> finalRequests) {
        this.root = root;
        this.settings = settings;
        this.options = options;
        this.finalRequests = finalRequests;
    }

    /**
     * Alike for all variants; all cores, the collector and the pages of our deployments, and a heap touched in advance.
     * Debug information for every instruction: else a profile gives the cost of one call to its neighbour.
     */
    static List<String> jvm(LoadOptions options) {
        return List.of(
                "-Xms" + options.heap(),
                "-Xmx" + options.heap(),
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+UseParallelGC",
                "-XX:MaxNewSize=" + options.young(),
                "-XX:+UseTransparentHugePages",
                "-XX:+AlwaysPreTouch",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+DebugNonSafepoints");
    }

    /**
     * What was measured.
     *
     * @param settled whether repetitions agreed before they counted
     * @param values further figures that the process told, by name, in order
     */
    record Result(List<Repetition> repetitions, boolean settled, Map<String, List<Double>> values) {

        /** The last figure of a name, NaN if there is none. */
        double last(String name) {
            List<Double> all = values.getOrDefault(name, List.of());
            return all.isEmpty() ? Double.NaN : all.get(all.size() - 1);
        }
    }

    Result run() {
        boolean streams = settings.variant().equals(Variant.KAFKA_STREAMS.toString());
        Path module = root.resolve(streams ? "tests/kafka-streams" : "tests/benchmarks");
        Path file = settings.write();
        Path log = settings.folder().resolve("process.log");
        String main = streams ? STREAMS : FLINK;
        try (Java process = Java.start(module, jvm(options), main, List.of(file.toString()), log)) {
            Result result = measure(process);
            process.requireSuccess();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Flink's variants have warmed up before they tell anything. */
    private Duration skip(Variant variant) {
        if (!variant.stateful()) {
            return Duration.ZERO;
        }
        return variant == Variant.KAFKA_STREAMS
                ? options.skip().plus(STREAMS_WARM_UP)
                : options.skip();
    }

    private Duration limit(Variant variant) {
        return variant == Variant.KAFKA_STREAMS
                ? options.limit().plus(STREAMS_WARM_UP)
                : options.limit();
    }

    private Result measure(Java process) {
        Variant variant = Variant.named(settings.variant());
        Repetitions repetitions =
                new Repetitions(
                        options.window().toNanos(),
                        skip(variant).toNanos(),
                        variant == Variant.PLAIN_CONSUMER ? Long.MAX_VALUE : settings.total(),
                        options.repetitions());
        Map<String, List<Double>> values = new HashMap<>();
        long end = Long.MAX_VALUE;
        boolean asked = false;
        for (String line = process.read(); line != null; line = process.read()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "pass" -> {
                    repetitions.onPass();
                    end = Math.min(end, System.nanoTime() + limit(variant).toNanos());
                }
                case "sample" -> {
                    // What is asked for at the end disturbs.
                    if (!asked) {
                        repetitions.onSample(Sample.parse(line));
                    }
                }
                case "value" ->
                        values.computeIfAbsent(words[1], name -> new ArrayList<>())
                                .add(Double.valueOf(words[2]));
                default -> {} // A library's own words.
            }
            if (!asked && (repetitions.isDone() || System.nanoTime() > end)) {
                asked = true;
                repetitions.timeIsUp();
                finalRequests.forEach(process::ask);
                process.ask("stop");
            }
        }
        List<Repetition> counted = repetitions.measuredInTheEnd();
        if (counted.isEmpty()) {
            throw new IllegalStateException(
                    settings.variant() + ": nothing was measured; see " + process.log());
        }
        return new Result(counted, repetitions.settled(), values);
    }
}
