// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.job.config.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;

/** How long after an event its change can be read, at a share of what the whole job can do. */
final class LatencySuite {
    /** Events of the days before, which a job that runs for days has seen. */
    private static final long PAST = 6_000_000;

    /** Until users of the days before, who changed in a hurry, are written, as they are in a job that runs for days. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    /** A job that runs for days has taken thousands. */
    private static final int CHECKPOINTS = 30;

    /** As the runbook has it: longer collections are what most of the slowest changes would have waited for. */
    static final String YOUNG = "256m";

    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Duration SLACK = Duration.ofSeconds(5);
    private static final List<LatencyMode> MODES =
            List.of(
                    LatencyMode.immediate(),
                    LatencyMode.exactlyOnce(1),
                    LatencyMode.exactlyOnce(10));

    private final Bench bench;
    private final LoadOptions options;
    private final List<LatencyRow> rows = new ArrayList<>();

    LatencySuite(Bench bench, LoadOptions options) {
        this.bench = bench;
        this.options = options.with("young", YOUNG);
    }

    /** At the rate asked for or a share of the capacity in load.json. */
    void run() throws IOException {
        double rate = rate();
        try (Broker broker = bench.broker()) {
            for (int i = 0; i < MODES.size(); i++) {
                rows.add(measure(broker, MODES.get(i), i, rate));
                LoadFile.of(bench.root()).write(rows);
            }
        }
        String table = table(rate);
        bench.say("%n%s", table);
        bench.writePage("latency", table);
    }

    private double rate() throws IOException {
        if (options.rate() > 0) {
            return (double) options.rate();
        }
        Path file = LoadFile.of(bench.root()).path();
        if (Files.exists(file)) {
            for (JsonNode row : new ObjectMapper().readTree(file.toFile())) {
                if (row.path("suite").asText().equals("drain")
                        && row.path("variant").asText().equals(Variant.WHOLE_JOB.toString())) {
                    return options.share() * row.path("events_per_second").asDouble();
                }
            }
        }
        throw new IllegalStateException(
                "load.rate: the capacity is not known; run -Dload.suite=drain"
                        + " -Dload.variants=whole-job before, or set load.rate");
    }

    private LatencyRow measure(Broker broker, LatencyMode mode, int number, double rate) {
        String name = "latency-" + number;
        LoadOptions past = options.with("events", Math.min(PAST, options.events()));
        long span = LoadEvents.spanOf(past.events(), past.eventsPerDay());
        LoadTopic topic = bench.preload(broker, name, past, System.currentTimeMillis() - span);
        Path folder = bench.work().resolve(name);
        LoadTopic endless = new LoadTopic(name, Long.MAX_VALUE, 0, 0, 0);
        RunSettings settings = RunSettings.of(Variant.WHOLE_JOB, broker, endless, options, folder);
        bench.prepare(settings, options);
        Map<String, String> job = mode.job();
        Probes probes = new Probes();
        try (JobProcess process = JobProcess.start(bench.root(), settings.withJob(job), options)) {
            process.awaitStart();
            process.awaitRead(topic.events());
            process.awaitQuiet();
            process.takeCheckpoints(CHECKPOINTS);
            String changes = Topics.of(name + "-1").changes();
            ChangeReader reader = new ChangeReader(broker, changes, probes, mode.exactlyOnce());
            reader.start();
            Outcome outcome = load(broker, name, mode, rate, probes, reader, process);
            process.requireAlive();
            return say(rate, row(mode, outcome, topic));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private LatencyRow row(LatencyMode mode, Outcome outcome, LoadTopic topic) {
        return LatencyRow.of(
                mode,
                outcome.load(),
                outcome.micros(),
                outcome.expected(),
                bench.conditions(options, topic));
    }

    private LatencyRow say(double rate, LatencyRow row) {
        bench.say(
                "%-40s p50 %,.1f  p99 %,.1f  p99.9 %,.1f ms at %,.0f events/s, of which it read"
                        + " %,.0f (%,d changes, %,d missing)",
                row.variant(),
                row.p50(),
                row.p99(),
                row.p999(),
                rate,
                row.eventsPerSecond(),
                row.changes(),
                row.missing());
        return row;
    }

    /** What came, microseconds, how many should have, and what the job read meanwhile. */
    private record Outcome(Histogram micros, long expected, Repetition load) {}

    private Outcome load(
            Broker broker,
            String topic,
            LatencyMode mode,
            double rate,
            Probes probes,
            ChangeReader reader,
            JobProcess process)
            throws InterruptedException {
        LoadEvents events = new LoadEvents(options);
        try (OpenLoopSender sender = new OpenLoopSender(broker, topic, events, probes)) {
            sender.send(rate, WARM_UP);
            Sample before = process.latest();
            int first = probes.count();
            reader.measureFrom(first);
            sender.send(rate, options.duration());
            Repetition done = Repetition.NONE.plus(before, process.latest());
            int last = probes.count();
            reader.measureTo(last);
            long expected = (long) last - first;
            // Load goes on while the last changes come: they are not to find an idle job.
            Duration patience = Duration.ofSeconds(mode.checkpointSeconds()).plus(SLACK);
            long end = System.nanoTime() + patience.toNanos();
            while (reader.count() < expected && System.nanoTime() < end) {
                sender.send(rate, A_MOMENT);
            }
            return new Outcome(reader.stopReading(), expected, done);
        }
    }

    private String table(double rate) {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                String.format(
                        Locale.ROOT,
                        "%,.0f events/s, %d s each; %,d users, d = %d, K = %d.",
                        rate,
                        options.duration().toSeconds(),
                        options.users(),
                        options.features(),
                        options.k()));
        text.add("");
        text.add("| delivery | p50, ms | p99, ms | p99.9, ms | changes | p99 must be | |");
        text.add("|---|---|---|---|---|---|---|");
        rows.forEach(row -> text.add(line(row)));
        return text.toString();
    }

    private static String line(LatencyRow row) {
        Bar bar = new Bar(row.variant(), row.p99(), row.limit(), false);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %,d%s | at most %s | %s |",
                row.variant(),
                Bar.number(row.p50()),
                Bar.number(row.p99()),
                Bar.number(row.p999()),
                row.changes(),
                row.missing() == 0 ? "" : ", " + row.missing() + " missing",
                Bar.number(row.limit()),
                bar.isReached() && row.missing() == 0 ? "reached" : "missed");
    }
}
