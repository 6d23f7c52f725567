// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.benchmarks.load.StackShares.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Where the CPU time of the whole job goes: stacks sampled once its repetitions have settled. */
final class ProfileSuite {
    private static final int MANY = 64;
    private static final String FILE = "profile.collapsed";

    private final Bench bench;
    private final LoadOptions options;

    ProfileSuite(Bench bench, LoadOptions options) {
        this.bench = bench;
        this.options = options;
    }

    void run() throws IOException {
        try (Broker broker = bench.broker()) {
            LoadTopic topic = bench.preload(broker, "load-events", options);
            StackShares usual = profile(broker, topic, options);
            StackShares many = profile(broker, topic, options.with("k", MANY));
            String table = table(usual, many);
            bench.say("%n%s", table);
            bench.writePage("profile", table);
        }
    }

    private StackShares profile(Broker broker, LoadTopic topic, LoadOptions with)
            throws IOException {
        String name = "whole-job-k" + with.k();
        Path folder = bench.work().resolve("profile-k" + with.k());
        RunSettings settings = RunSettings.of(Variant.WHOLE_JOB, broker, topic, with, folder);
        VariantRun.Result result = bench.run(name, settings, with, List.of("profile"));
        StackShares shares = new StackShares(Files.readAllLines(folder.resolve(FILE)));
        Map<String, Double> figures = new TreeMap<>();
        for (Part part : Part.values()) {
            figures.put("share of " + part, shares.share(part));
        }
        LoadFile.of(bench.root())
                .write(
                        List.of(
                                LoadRow.of(
                                        "profile",
                                        name,
                                        result,
                                        figures,
                                        bench.conditions(with, topic))));
        return shares;
    }

    private String table(StackShares usual, StackShares many) {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                String.format(
                        Locale.ROOT, "| part | CPU, K = %d | CPU, K = %d |", options.k(), MANY));
        text.add("|---|---|---|");
        for (Part part : Part.values()) {
            text.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.1f %% | %.1f %% |",
                            part,
                            100 * usual.share(part),
                            100 * many.share(part)));
        }
        text.add("");
        text.add("| must reach, % of CPU at K = " + MANY + " | | measured | |");
        text.add("|---|---|---|---|");
        text.add(new Bar("assigning", 100 * many.share(Part.ASSIGN), 10, false).toRow());
        text.add(new Bar("timers", 100 * many.share(Part.TIMERS), 15, false).toRow());
        text.add(new Bar("trainer", 100 * many.share(Part.TRAIN), 5, false).toRow());
        return text.toString();
    }
}
