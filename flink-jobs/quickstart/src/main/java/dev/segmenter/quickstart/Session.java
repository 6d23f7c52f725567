// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import dev.segmenter.job.SegmenterJob;
import dev.segmenter.job.calibrate.CalibrationResult;
import dev.segmenter.job.calibrate.CalibrationText;
import dev.segmenter.job.calibrate.Calibrations;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.KafkaStartup;
import dev.segmenter.quickstart.broker.EmbeddedKafka;
import dev.segmenter.quickstart.broker.Ports;
import dev.segmenter.quickstart.cluster.LocalFlink;
import dev.segmenter.quickstart.cluster.RunningJob;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.input.FilePreload;
import dev.segmenter.quickstart.input.FilePreload.Preloaded;
import dev.segmenter.quickstart.input.Pace;
import dev.segmenter.quickstart.input.SyntheticFeed;
import dev.segmenter.quickstart.options.QuickstartOptions;
import dev.segmenter.quickstart.output.OutputReader;
import dev.segmenter.quickstart.output.SegmentBoard;
import dev.segmenter.quickstart.output.Summary;
import dev.segmenter.quickstart.output.TopicExport;
import dev.segmenter.quickstart.report.CalibrationPage;
import dev.segmenter.quickstart.report.ReportCollector;
import dev.segmenter.quickstart.report.ReportContext;
import dev.segmenter.quickstart.report.ReportPage;
import dev.segmenter.quickstart.synthetic.EventGenerator;
import dev.segmenter.quickstart.synthetic.GeneratorOptions;
import dev.segmenter.quickstart.view.Screen;
import dev.segmenter.quickstart.view.StatusBoard;
import dev.segmenter.quickstart.view.SummaryText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/** One run from the broker's start to the summary. */
final class Session {
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int KAFKA_PORT = 9092;
    private static final int DASHBOARD_PORT = 8081;
    private static final int PARTITIONS = 4;
    private static final double SYNTHETIC_SPEED = 43_200;

    /** A live run may go on for days: of its input only the newest is kept. */
    private static final Map<String, String> BOUNDED_BY_SIZE =
            Map.of("retention.bytes", "134217728", "segment.bytes", "33554432");

    private final QuickstartOptions options;
    private final Screen screen;
    private final CountDownLatch stop;
    private final InstantSource clock = InstantSource.system();

    Session(QuickstartOptions options, Screen screen, CountDownLatch stop) {
        this.options = options;
        this.screen = screen;
        this.stop = stop;
    }

    /** Plays a file to its end. */
    void replay(Path file) throws Exception {
        FilePreload.requireReadable(file, options.columns());
        JobSetup.check(options);
        Path folder = Files.createTempDirectory("segmenter-flink-");
        try (EmbeddedKafka kafka = startKafka()) {
            LocalFlink flink = flink(folder);
            JobSetup setup = new JobSetup(options, kafka.bootstrapServers(), folder);
            announce(kafka, flink, "replays " + file);
            Preloaded preloaded = preload(file, kafka, setup.replay(0));
            if (preloaded.records() == 0) {
                throw new IOException("events: " + file + " holds no records; nothing to replay");
            }
            SegmenterConfig config = setup.replay(preloaded.lastEventTime());
            run(file.getFileName().toString(), kafka, flink, config, preloaded.records(), null);
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    /** Chooses K on a file. */
    void calibrate(Path file) throws Exception {
        FilePreload.requireReadable(file, options.columns());
        JobSetup.check(options);
        if (options.export().isPresent()) {
            Files.createDirectories(options.export().get());
        }
        Path folder = Files.createTempDirectory("segmenter-flink-");
        try (EmbeddedKafka kafka = startKafka()) {
            LocalFlink flink = flink(folder);
            JobSetup setup = new JobSetup(options, kafka.bootstrapServers(), folder);
            announce(kafka, flink, "calibrates on " + file);
            Preloaded preloaded = preload(file, kafka, setup.replay(0));
            SegmenterConfig config = setup.replay(preloaded.lastEventTime());
            screen.print(List.of("Trying every K ..."));
            CalibrationResult result =
                    new Calibrations(config)
                            .run(flink.environment(), file.getFileName().toString());
            finish(result);
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private void finish(CalibrationResult result) throws IOException {
        screen.print(CalibrationText.of(result.figures()));
        if (options.export().isPresent()) {
            Path folder = options.export().get();
            result.write(new org.apache.flink.core.fs.Path(folder.toUri()));
            CalibrationPage.write(result.figures(), folder.resolve("report.html"));
            screen.print(List.of("  Exported to " + folder));
        }
    }

    /** Plays synthetic users until it is stopped. */
    void live() throws Exception {
        JobSetup.check(options);
        Path folder = Files.createTempDirectory("segmenter-flink-");
        try (EmbeddedKafka kafka = startKafka()) {
            LocalFlink flink = flink(folder);
            SegmenterConfig config = new JobSetup(options, kafka.bootstrapServers(), folder).live();
            kafka.createTopic(config.topics().clickstream(), PARTITIONS, BOUNDED_BY_SIZE);
            KafkaStartup.check(config, 1); // JobSetup has set the parallelism.
            announce(kafka, flink, "plays synthetic users");
            try (SyntheticFeed feed = startUsers(kafka, config)) {
                run("synthetic users", kafka, flink, config, null, feed);
            }
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private void run(
            String input,
            EmbeddedKafka kafka,
            LocalFlink flink,
            SegmenterConfig config,
            Long records,
            SyntheticFeed feed)
            throws Exception {
        if (stop.getCount() == 0) {
            return;
        }
        long start = System.nanoTime();
        RunningJob job = new RunningJob(SegmenterJob.submit(flink.environment(), config), start);
        SegmentBoard board = new SegmentBoard(config.features());
        try (OutputReader reader =
                new OutputReader(kafka.bootstrapServers(), config.topics(), board)) {
            StatusBoard status =
                    new StatusBoard(flink.counters()::value, records, config.features());
            while (!isOver(job)) {
                waitForNextShow(job);
                screen.show(status.at(job.wall(), board.figures()));
                if (feed != null) {
                    feed.requireAlive();
                }
            }
            stopJob(job, flink, feed);
        }
        finish(
                input,
                kafka,
                config,
                Summary.of(flink.counters()::value, board.figures(), job.wall()));
        job.requireSuccess();
    }

    private boolean isOver(RunningJob job) {
        boolean timeIsUp =
                options.duration().isPresent()
                        && job.wall().compareTo(options.duration().get()) >= 0;
        return job.isDone() || stop.getCount() == 0 || timeIsUp;
    }

    private void waitForNextShow(RunningJob job) throws InterruptedException {
        Duration next = job.wall().plus(screen.interval());
        while (!isOver(job) && job.wall().compareTo(next) < 0) {
            stop.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void stopJob(RunningJob job, LocalFlink flink, SyntheticFeed feed) throws Exception {
        if (feed != null) {
            feed.close();
        }
        if (!job.isDone()) {
            screen.print(List.of("", "  Stopping the job with a savepoint ..."));
            job.stop(flink.savepoints());
        }
    }

    private void finish(String input, EmbeddedKafka kafka, SegmenterConfig config, Summary summary)
            throws IOException {
        screen.print(SummaryText.of(summary));
        if (options.export().isPresent()) {
            Path folder = options.export().get();
            ReportCollector report = new ReportCollector(reportContext(input, config, summary));
            TopicExport.run(kafka.bootstrapServers(), config.topics(), folder, report);
            summary.write(folder.resolve("summary.json"));
            ReportPage.write(report, folder.resolve("report.html"));
            screen.print(List.of("  Exported to " + folder));
        }
    }

    private ReportContext reportContext(String input, SegmenterConfig config, Summary summary) {
        return new ReportContext(
                input, config.features(), config.trainer().k(), summary, clock.instant());
    }

    private EmbeddedKafka startKafka() {
        String option = "segmenter.kafka.port";
        int port =
                options.kafkaPort().isPresent()
                        ? Ports.exactly(option, options.kafkaPort().get())
                        : Ports.nextFree(option, KAFKA_PORT);
        screen.print(List.of("Starting Kafka ..."));
        return EmbeddedKafka.start(port);
    }

    private LocalFlink flink(Path folder) {
        String option = "segmenter.dashboard.port";
        int port =
                options.dashboardPort().isPresent()
                        ? Ports.exactly(option, options.dashboardPort().get())
                        : Ports.nextFree(option, DASHBOARD_PORT);
        return new LocalFlink(port, folder, LogFile.path());
    }

    private Preloaded preload(Path file, EmbeddedKafka kafka, SegmenterConfig config)
            throws IOException {
        KafkaStartup.check(config, 1); // JobSetup has set the parallelism.
        try (EventFeed feed =
                new EventFeed(kafka.bootstrapServers(), config.topics().clickstream())) {
            return FilePreload.run(file, options.columns(), feed, share -> loaded(file, share));
        }
    }

    private void loaded(Path file, double share) {
        if (stop.getCount() == 0) {
            throw new CancellationException("stopped while loading " + file);
        }
        screen.progress("loading " + file.getFileName(), share);
    }

    private SyntheticFeed startUsers(EmbeddedKafka kafka, SegmenterConfig config) {
        Instant now = clock.instant();
        GeneratorOptions generator = options.generator(now);
        Pace pace =
                new Pace(
                        generator.start().toEpochMilli(),
                        now.toEpochMilli(),
                        options.speed().orElse(SYNTHETIC_SPEED));
        return new SyntheticFeed(
                new EventGenerator(generator),
                new EventFeed(kafka.bootstrapServers(), config.topics().clickstream()),
                pace,
                clock);
    }

    private void announce(EmbeddedKafka kafka, LocalFlink flink, String what) {
        screen.header(
                List.of(
                        "Streaming segmenter " + what + "; Ctrl-C stops it",
                        "  dashboard  " + flink.dashboard(),
                        "  broker     " + kafka.bootstrapServers(),
                        "  log        " + LogFile.path(),
                        ""));
    }
}
