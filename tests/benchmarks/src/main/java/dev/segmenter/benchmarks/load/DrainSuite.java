// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drains one topic with each variant in turn, each in a process of its own. */
final class DrainSuite {
    private static final String SUITE = "drain";

    private final Bench bench;
    private final LoadOptions options;
    private final List<LoadRow> rows = new ArrayList<>();

    DrainSuite(Bench bench, LoadOptions options) {
        this.bench = bench;
        this.options = options;
    }

    void run() throws IOException {
        try (Broker broker = bench.broker()) {
            LoadTopic topic = bench.preload(broker, "load-events", options);
            for (Variant variant : options.variants()) {
                rows.add(measure(variant, broker, topic));
                LoadFile.of(bench.root()).write(rows);
            }
            finish(topic);
        }
    }

    private LoadRow measure(Variant variant, Broker broker, LoadTopic topic) {
        RunSettings settings =
                RunSettings.of(
                        variant, broker, topic, options, bench.work().resolve(variant.toString()));
        if (variant == Variant.TEXTBOOK_FLINK || variant == Variant.KAFKA_STREAMS) {
            broker.createTopic(variant + "-segments", options.partitions());
        }
        List<String> requests =
                variant == Variant.WHOLE_JOB ? List.of("savepoint", "recover") : List.of();
        VariantRun.Result result = bench.run(variant.toString(), settings, options, requests);
        Map<String, Double> figures = new TreeMap<>();
        if (variant == Variant.WHOLE_JOB) {
            figures.putAll(StateFigures.of(result, options));
            figures.forEach((name, value) -> bench.say("  %-34s %,.1f", name, value));
        }
        return LoadRow.of(
                SUITE, variant.toString(), result, figures, bench.conditions(options, topic));
    }

    private boolean isWhole() {
        return options.variants().equals(Variant.drained());
    }

    private void finish(LoadTopic topic) throws IOException {
        String table = new DrainTable(rows, options, topic).toMarkdown();
        bench.say("%n%s", table);
        if (isWhole()) {
            bench.writePage("drain", table);
        }
    }
}
