// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams as a process of its own, driven and measured like the variants of the load harness. */
public final class StreamsPeer {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsPeer.class);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long EVERY_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CACHE_BYTES = Long.toString(256L << 20);

    private final Properties settings;
    private final Path folder;
    private final LongAdder records = new LongAdder();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean failed;

    private StreamsPeer(Properties settings) {
        this.settings = settings;
        this.folder = Path.of(settings.getProperty("folder"));
    }

    /** Takes the file of its settings; runs until its standard input brings a line or ends. */
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(in);
        }
        StreamsPeer peer = new StreamsPeer(settings);
        peer.run(System.out);
        System.exit(peer.failed ? 1 : 0);
    }

    private void run(PrintStream out) throws IOException, InterruptedException {
        Thread listener = new Thread(this::listen, "requests");
        listener.setDaemon(true);
        listener.start();
        Plan plan = Plan.read(folder);
        String topic = settings.getProperty("topic");
        try (KafkaStreams streams =
                new KafkaStreams(
                        SegmentTopology.of(topic, "kafka-streams-segments", plan, records),
                        config())) {
            streams.setUncaughtExceptionHandler(
                    e -> {
                        LOG.error("The topology failed", e);
                        failed = true;
                        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                    });
            streams.start();
            out.println("pass");
            while (!stopped.get() && !streams.state().hasCompletedShutdown()) {
                out.println(
                        "sample "
                                + System.nanoTime()
                                + " "
                                + records.sum()
                                + " "
                                + SYSTEM.getProcessCpuTime());
                Thread.sleep(EVERY_MILLIS);
            }
            streams.close(PATIENCE);
        }
    }

    private void listen() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopped.set(true);
        }
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "kafka-streams-peer");
        config.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.getProperty("bootstrap-servers"));
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.getProperty("parallelism"));
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("tmp").toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // As often as the job's checkpoints: more often would flush the cache for nothing.
        config.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Duration.parse(settings.getProperty("checkpoint")).toMillis());
        config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), "60000");
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
        return config;
    }
}
