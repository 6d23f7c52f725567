// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import dev.segmenter.job.config.SegmenterOptions.Assignment;
import dev.segmenter.job.config.SegmenterOptions.Guarantee;
import dev.segmenter.job.config.SegmenterOptions.Mode;
import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.calibrate.CalibrationOptions;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.train.SegmentLabels;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.codec.RegistrySettings;
import dev.segmenter.schemas.codec.WireFormat;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** A configuration that holds together: loaded, defaulted and checked before anything is connected. */
public final class SegmenterConfig {
    private static final Duration LIVE_LATENESS = Duration.ofHours(24);
    private static final Duration LIVE_IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration EXACT_ALIGNMENT_DRIFT = Duration.ofDays(30);
    private static final int BATCHES_PER_HALF_LIFE = 20;
    private static final String NONE = "none";

    private final Configuration values;
    private final FeatureSet features;
    private final RollOptions roll;
    private final TrainerOptions trainer;
    private final AssignOptions assign;
    private final SegmentLabels labels;
    private final CalibrationOptions calibration;

    private SegmenterConfig(ConfigLoader loader) {
        values = loader.values();
        features = FeatureParser.parse(loader.features());
        roll = checked(this::buildRoll);
        trainer = checked(this::buildTrainer);
        assign = checked(this::buildAssign);
        labels = checked(() -> SegmentLabels.parse(get(SegmenterOptions.LABELS)));
        calibration = checked(this::buildCalibration);
        new ConfigChecks(this).run();
    }

    /** Loads a YAML file (null for none) and overrides; throws ConfigException naming key, value and remedy. */
    public static SegmenterConfig load(Path file, Map<String, String> overrides) {
        return new SegmenterConfig(ConfigLoader.read(file, overrides));
    }

    /** The value of an option, its declared default included. */
    public <T> T get(ConfigOption<T> option) {
        return values.get(option);
    }

    /** The value of an option if it was set. */
    public <T> Optional<T> find(ConfigOption<T> option) {
        return values.getOptional(option);
    }

    public FeatureSet features() {
        return features;
    }

    public RollOptions roll() {
        return roll;
    }

    public TrainerOptions trainer() {
        return trainer;
    }

    public AssignOptions assign() {
        return assign;
    }

    /** The operator's own labels. */
    public SegmentLabels labels() {
        return labels;
    }

    /** What the calibration job tries. */
    public CalibrationOptions calibration() {
        return calibration;
    }

    public Topics topics() {
        Topics topics = Topics.of(get(SegmenterOptions.NAMESPACE));
        return find(SegmenterOptions.EVENT_TOPIC).map(topics::withClickstream).orElse(topics);
    }

    /** Consumer group and prefix of transactional ids. */
    public String applicationId() {
        String namespace = get(SegmenterOptions.NAMESPACE);
        return namespace.isEmpty() ? "segmenter" : "segmenter." + namespace;
    }

    public boolean isReplay() {
        return get(SegmenterOptions.MODE) == Mode.REPLAY;
    }

    public boolean isExact() {
        return find(SegmenterOptions.ASSIGNMENT)
                        .orElse(isReplay() ? Assignment.EXACT : Assignment.LIVE)
                == Assignment.EXACT;
    }

    public boolean isExactlyOnce() {
        return get(SegmenterOptions.GUARANTEE) == Guarantee.EXACTLY_ONCE;
    }

    public Duration disorder() {
        return get(SegmenterOptions.DISORDER);
    }

    public Duration lateness() {
        return find(SegmenterOptions.LATENESS).orElse(isExact() ? disorder() : LIVE_LATENESS);
    }

    /** Empty: partitions are never taken for idle. */
    public Optional<Duration> idleTimeout() {
        Optional<Duration> configured = find(SegmenterOptions.IDLE_TIMEOUT);
        return configured.isPresent() || isExact() ? configured : Optional.of(LIVE_IDLE_TIMEOUT);
    }

    /** Empty: partitions are not aligned. */
    public Optional<Duration> alignmentDrift() {
        Optional<Duration> configured = find(SegmenterOptions.ALIGNMENT_DRIFT);
        return configured.isPresent() || !isExact()
                ? configured
                : Optional.of(EXACT_ALIGNMENT_DRIFT);
    }

    /** none, latest or a path. */
    public String initialModel() {
        return find(SegmenterOptions.INITIAL_MODEL).orElse(isReplay() ? "none" : "latest");
    }

    public WireFormat eventFormat() {
        return format(SegmenterOptions.EVENT_FORMAT);
    }

    public WireFormat outputFormat() {
        return format(SegmenterOptions.OUTPUT_FORMAT);
    }

    /** Where schemas are registered; null unless a registry is configured. */
    public RegistrySettings registry() {
        return find(SegmenterOptions.REGISTRY_URL).map(url -> registrySettings(url)).orElse(null);
    }

    private RegistrySettings registrySettings(String url) {
        try {
            return new RegistrySettings(
                    URI.create(url),
                    find(SegmenterOptions.REGISTRY_AUTHORIZATION).orElse(null),
                    RegistrySettings.DEFAULT_TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    SegmenterOptions.REGISTRY_URL.key() + ": " + e.getMessage(), e);
        }
    }

    /** Properties of every Kafka client of the job. */
    public Properties kafkaProperties() {
        Properties properties = new Properties();
        properties.putAll(get(SegmenterOptions.KAFKA_PROPERTIES));
        properties.put("bootstrap.servers", get(SegmenterOptions.BOOTSTRAP_SERVERS));
        return properties;
    }

    private WireFormat format(ConfigOption<String> option) {
        String name = get(option);
        try {
            return WireFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ConfigException.of(option.key(), name, "is unknown; use avro, confluent or json");
        }
    }

    private RollOptions buildRoll() {
        return new RollOptions(
                get(SegmenterOptions.DEDUP),
                get(SegmenterOptions.DEDUP_CAPACITY),
                get(SegmenterOptions.SESSION_GAP),
                get(SegmenterOptions.EXIT_AFTER),
                get(SegmenterOptions.VOTE_INTERVAL),
                get(SegmenterOptions.QUOTA),
                get(SegmenterOptions.DISTINCT_CAPACITY),
                get(SegmenterOptions.MAX_SESSION));
    }

    private TrainerOptions buildTrainer() {
        Duration voteInterval = get(SegmenterOptions.VOTE_INTERVAL);
        Duration batchInterval = find(SegmenterOptions.BATCH_INTERVAL).orElse(voteInterval);
        Duration window = features.largestClusteredWindow();
        Duration least = batchInterval.multipliedBy(BATCHES_PER_HALF_LIFE);
        Duration halfLife = window.compareTo(least) >= 0 ? window : least;
        return new TrainerOptions(
                get(SegmenterOptions.MODEL_NAME),
                get(SegmenterOptions.K),
                get(SegmenterOptions.MEASURE),
                voteInterval,
                batchInterval,
                find(SegmenterOptions.SNAPSHOT_INTERVAL).orElse(batchInterval),
                find(SegmenterOptions.HALF_LIFE).orElse(halfLife),
                find(SegmenterOptions.WARM_UP).orElse(voteInterval),
                find(SegmenterOptions.ACTIVATION_DELAY).orElse(disorder()),
                get(SegmenterOptions.RESERVOIR),
                get(SegmenterOptions.MAX_VOTES),
                get(SegmenterOptions.RESTARTS),
                get(SegmenterOptions.RESCALE_TOLERANCE),
                get(SegmenterOptions.SEED),
                get(SegmenterOptions.DRIFT_SPEED_UP),
                find(SegmenterOptions.SHADOW_KS)
                        .map(SegmenterConfig::parseKs)
                        .orElse(TrainerOptions.neighboursOf(get(SegmenterOptions.K))));
    }

    private static List<Integer> parseKs(String text) {
        if (text.equals(NONE)) {
            return List.of();
        }
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw ConfigException.of(
                    SegmenterOptions.SHADOW_KS.key(),
                    text,
                    "is no list of numbers; give for example 5, 8, or " + NONE);
        }
    }

    private AssignOptions buildAssign() {
        Duration stay = get(SegmenterOptions.STAY);
        Duration usual = Guards.DEFAULTS.confirmation();
        Guards guards =
                new Guards(
                        get(SegmenterOptions.MARGIN),
                        stay,
                        find(SegmenterOptions.CONFIRMATION)
                                .orElse(stay.compareTo(usual) < 0 ? stay : usual));
        return new AssignOptions(
                guards,
                find(SegmenterOptions.EMIT_CHANGES_FROM).orElse(Long.MIN_VALUE),
                features.largestClusteredWindow());
    }

    private CalibrationOptions buildCalibration() {
        return new CalibrationOptions(
                get(SegmenterOptions.CALIBRATE_MIN_K),
                get(SegmenterOptions.CALIBRATE_MAX_K),
                get(SegmenterOptions.CALIBRATE_SAMPLE),
                get(SegmenterOptions.CALIBRATE_SEEDS),
                get(SegmenterOptions.CALIBRATE_BOOTSTRAPS),
                get(SegmenterOptions.CALIBRATE_MICRO_CLUSTERS),
                find(SegmenterOptions.CALIBRATE_MIN_CLUSTER_SIZE)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                find(SegmenterOptions.CALIBRATE_K).map(OptionalInt::of).orElse(OptionalInt.empty()),
                get(SegmenterOptions.SEED));
    }

    private static <T> T checked(Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }
}
