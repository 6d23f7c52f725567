// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.codec.WireFormat;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** What must hold between options; all of it is checked before any connection. */
final class ConfigChecks {
    private static final Map<ConfigOption<Duration>, String> POSITIVE =
            Map.of(
                    SegmenterOptions.CHECKPOINT_INTERVAL, "use for example 10s",
                    SegmenterOptions.CHECKPOINT_TIMEOUT, "use for example 10min",
                    SegmenterOptions.KAFKA_TIMEOUT, "use for example 15s");

    private final SegmenterConfig config;

    ConfigChecks(SegmenterConfig config) {
        this.config = config;
    }

    void run() {
        checkKafka();
        checkFormats();
        checkReplay();
        EngineChecks engine = new EngineChecks(config.get(SegmenterOptions.FLINK));
        engine.run();
        if (config.isExact()) {
            checkExact();
            engine.runExact();
        }
        checkTimes();
        checkParallelism();
        if (config.isExactlyOnce()) {
            checkTransactions();
        }
    }

    private void checkKafka() {
        String servers = config.find(SegmenterOptions.BOOTSTRAP_SERVERS).orElse("");
        refuse(
                servers.isBlank(),
                SegmenterOptions.BOOTSTRAP_SERVERS,
                servers,
                "is missing; give host:port of a broker");
        String namespace = config.get(SegmenterOptions.NAMESPACE);
        refuse(
                !namespace.matches("[A-Za-z0-9._-]{0,100}"),
                SegmenterOptions.NAMESPACE,
                namespace,
                "is no part of a topic name; use up to 100 letters, digits, dots, underscores, hyphens");
        int partitions = config.get(SegmenterOptions.CREATE_PARTITIONS);
        refuse(
                partitions < 1,
                SegmenterOptions.CREATE_PARTITIONS,
                partitions,
                "must be at least 1");
    }

    private void checkFormats() {
        WireFormat output = config.outputFormat();
        refuse(
                output == WireFormat.JSON,
                SegmenterOptions.OUTPUT_FORMAT,
                "json",
                "is an input format only; use avro or confluent");
        boolean needsRegistry =
                output == WireFormat.CONFLUENT || config.eventFormat() == WireFormat.CONFLUENT;
        refuse(
                needsRegistry && config.registry() == null,
                SegmenterOptions.REGISTRY_URL,
                "",
                "is missing; format confluent needs a registry");
    }

    private void checkReplay() {
        refuse(
                config.isReplay() && config.find(SegmenterOptions.REPLAY_END_TIME).isEmpty(),
                SegmenterOptions.REPLAY_END_TIME,
                "",
                "is missing; a replay needs the event time of its last event, in ms");
        double speedUp = config.get(SegmenterOptions.REPLAY_SPEED_UP);
        refuse(
                !(speedUp >= 0) || Double.isInfinite(speedUp),
                SegmenterOptions.REPLAY_SPEED_UP,
                speedUp,
                "must be 0 (as fast as it goes) or a positive factor");
        refuse(
                speedUp > 0 && !config.isReplay(),
                SegmenterOptions.REPLAY_SPEED_UP,
                speedUp,
                "needs mode: replay");
    }

    private void checkExact() {
        refuse(
                config.find(SegmenterOptions.IDLE_TIMEOUT).isPresent(),
                SegmenterOptions.IDLE_TIMEOUT,
                config.find(SegmenterOptions.IDLE_TIMEOUT).orElse(null),
                "depends on the wall clock, which exact assignment refuses; remove it");
        refuse(
                !config.lateness().equals(config.disorder()),
                SegmenterOptions.LATENESS,
                config.lateness(),
                "differs from events.disorder, which exact assignment refuses; remove it");
    }

    private void checkTimes() {
        POSITIVE.forEach(
                (option, remedy) ->
                        refuse(
                                config.get(option).isZero() || config.get(option).isNegative(),
                                option,
                                config.get(option),
                                "must be longer than 0; " + remedy));
        Duration delay = config.trainer().activationDelay();
        refuse(
                delay.compareTo(config.disorder()) < 0,
                SegmenterOptions.ACTIVATION_DELAY,
                delay,
                "is shorter than events.disorder ("
                        + config.disorder()
                        + "); make it at least as long");
        refuse(
                config.lateness().compareTo(config.disorder()) < 0,
                SegmenterOptions.LATENESS,
                config.lateness(),
                "is shorter than events.disorder ("
                        + config.disorder()
                        + "); make it at least as long");
        Duration window = config.features().largestClusteredWindow();
        refuse(
                config.trainer().halfLife().compareTo(window) < 0,
                SegmenterOptions.HALF_LIFE,
                config.trainer().halfLife(),
                "is shorter than the largest clustered window ("
                        + window
                        + "); make it at least as long");
        Guards guards = config.assign().guards();
        checkWithinExit(SegmenterOptions.STAY, guards.stay());
        checkWithinExit(SegmenterOptions.CONFIRMATION, guards.confirmation());
        checkExitAfterLateness();
    }

    /** Else two lives of a user could begin at one life clock, and their changes have the same ids. */
    private void checkExitAfterLateness() {
        Duration exit = config.get(SegmenterOptions.EXIT_AFTER);
        refuse(
                exit.compareTo(config.lateness()) <= 0,
                SegmenterOptions.EXIT_AFTER,
                exit,
                "is not longer than events.lateness (" + config.lateness() + "); lengthen it");
    }

    /** Else the silent would leave before the guard can end. */
    private void checkWithinExit(ConfigOption<Duration> guard, Duration value) {
        Duration exit = config.get(SegmenterOptions.EXIT_AFTER);
        refuse(
                value.compareTo(exit) > 0,
                guard,
                value,
                "is longer than users.exit-after (" + exit + "); shorten it");
    }

    private void checkParallelism() {
        int max = config.get(SegmenterOptions.MAX_PARALLELISM);
        refuse(max < 1 || max > 32768, SegmenterOptions.MAX_PARALLELISM, max, "must be 1 to 32768");
        int parallelism = config.find(SegmenterOptions.PARALLELISM).orElse(1);
        refuse(
                parallelism < 1 || parallelism > max,
                SegmenterOptions.PARALLELISM,
                parallelism,
                "must be 1 to max-parallelism (" + max + ")");
    }

    private void checkTransactions() {
        Duration timeout = config.get(SegmenterOptions.TRANSACTION_TIMEOUT);
        Duration needed =
                config.get(SegmenterOptions.CHECKPOINT_TIMEOUT)
                        .plus(config.get(SegmenterOptions.RESTART_BUDGET));
        refuse(
                timeout.compareTo(needed) <= 0,
                SegmenterOptions.TRANSACTION_TIMEOUT,
                timeout,
                "must be longer than checkpoint.timeout + delivery.restart-budget ("
                        + needed
                        + ")");
    }

    private static void refuse(boolean wrong, ConfigOption<?> option, Object value, String reason) {
        if (wrong) {
            throw ConfigException.of(option.key(), value, reason);
        }
    }
}
