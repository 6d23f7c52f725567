// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.job.config.SegmenterOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the whole job costs as users, features, segments, skew and parallelism grow. */
final class GrowthSuite {
    private final Bench bench;
    private final LoadOptions options;
    private final Map<GrowthCase, LoadRow> rows = new LinkedHashMap<>();

    GrowthSuite(Bench bench, LoadOptions options) {
        this.bench = bench;
        this.options = options;
    }

    void run() throws IOException {
        long end = System.nanoTime() + options.budget().toNanos();
        try (Broker broker = bench.broker()) {
            GrowthCase before = null;
            LoadTopic topic = null;
            for (GrowthCase growth : GrowthCase.all(options)) {
                if (System.nanoTime() > end) {
                    bench.say("%s: left out, load.budget is used up", growth.name());
                    continue;
                }
                if (before == null || !growth.sharesTopic(before)) {
                    if (topic != null) {
                        broker.deleteTopic(topic.name());
                    }
                    topic = bench.preload(broker, "growth-" + rows.size(), growth.options());
                }
                before = growth;
                rows.put(growth, measure(growth, broker, topic));
                LoadFile.of(bench.root()).write(new ArrayList<>(rows.values()));
            }
        }
        String table = GrowthTable.of(rows) + "\n\n" + GrowthPlots.toMarkdown(rows);
        bench.say("%n%s", table);
        bench.writePage("growth", table);
        GrowthPlots.write(rows, bench.root().resolve("docs/images"));
    }

    /** With a model given, so that short event times have segments as well; no quota, so that all counts. */
    private LoadRow measure(GrowthCase growth, Broker broker, LoadTopic topic) throws IOException {
        LoadOptions with = growth.options();
        Path folder = bench.work().resolve("growth-case-" + rows.size());
        RunSettings settings = RunSettings.of(Variant.WHOLE_JOB, broker, topic, with, folder);
        Map<String, String> job = Map.of(SegmenterOptions.QUOTA.key(), "100000000");
        VariantRun.Result result =
                bench.run(
                        growth.name(),
                        settings.withJob(job),
                        with,
                        List.of("savepoint", "recover"));
        Map<String, Double> figures = new TreeMap<>(StateFigures.of(result, with));
        return LoadRow.of("growth", growth.name(), result, figures, bench.conditions(with, topic));
    }
}
