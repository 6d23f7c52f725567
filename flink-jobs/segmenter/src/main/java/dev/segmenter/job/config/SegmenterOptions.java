// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.train.TrainerOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Every option of the job, declared once: key, type, default and description with its unit. */
public final class SegmenterOptions {

    /** What the job runs on. */
    public enum Mode {
        LIVE,
        REPLAY
    }

    /** When a vector meets a model. */
    public enum Assignment {
        LIVE,
        EXACT
    }

    /** Delivery of the output topics. */
    public enum Guarantee {
        EXACTLY_ONCE("exactly-once"),
        AT_LEAST_ONCE("at-least-once");

        private final String text;

        Guarantee(String text) {
            this.text = text;
        }

        /** As it is written in the configuration. */
        @Override
        public String toString() {
            return text;
        }
    }

    public static final ConfigOption<String> NAMESPACE =
            key("namespace")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Prefix of topic names, consumer group and transactional ids, so that"
                                    + " several jobs share a broker. Empty: topic names as documented.");

    public static final ConfigOption<Mode> MODE =
            key("mode")
                    .enumType(Mode.class)
                    .defaultValue(Mode.LIVE)
                    .withDescription(
                            "live reads for ever; replay reads up to the end offsets found at start"
                                    + " and ends.");

    public static final ConfigOption<Assignment> ASSIGNMENT =
            key("assignment")
                    .enumType(Assignment.class)
                    .noDefaultValue()
                    .withDescription(
                            "live never waits for a model; exact waits, so that a replay gives the"
                                    + " same output at any speed and parallelism. Default: live in"
                                    + " live mode, exact in a replay.");

    public static final ConfigOption<Integer> PARALLELISM =
            key("parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription("Parallelism of the job. Default: the cluster's.");

    public static final ConfigOption<Integer> MAX_PARALLELISM =
            key("max-parallelism")
                    .intType()
                    .defaultValue(128)
                    .withDescription(
                            "Number of key groups: the most that the job can ever be scaled to."
                                    + " Fixed for the life of its state.");

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            key("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "host:port of one or more brokers, comma-separated. Required.");

    public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES =
            key("kafka.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Further client properties, for example security.protocol; given to"
                                    + " source, sinks and start-up checks, never logged."
                                    + " Unless set, max.poll.records of the source is "
                                    + ClientDefaults.POLL_RECORDS
                                    + "; batch.size of exactly-once sinks is "
                                    + ClientDefaults.BATCH_BYTES
                                    + " and their linger.ms "
                                    + ClientDefaults.LINGER_MILLIS
                                    + ".");

    public static final ConfigOption<Boolean> CREATE_TOPICS =
            key("kafka.create-topics")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Create missing topics at start instead of refusing to start.");

    public static final ConfigOption<Integer> CREATE_PARTITIONS =
            key("kafka.create-partitions")
                    .intType()
                    .defaultValue(4)
                    .withDescription("Partitions of a created topic.");

    public static final ConfigOption<Duration> KAFKA_TIMEOUT =
            key("kafka.startup-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(15))
                    .withDescription("How long start-up waits for a broker before it says so.");

    public static final ConfigOption<String> EVENT_TOPIC =
            key("events.topic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The topic that events are read from. Default: clickstream, prefixed by"
                                    + " the namespace; set it where several jobs read one stream.");

    public static final ConfigOption<String> EVENT_FORMAT =
            key("events.format")
                    .stringType()
                    .defaultValue("avro")
                    .withDescription(
                            "Wire format of events: avro (single-object encoding), confluent"
                                    + " (registry header) or json (one object a record).");

    public static final ConfigOption<String> REGISTRY_URL =
            key("registry.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Confluent-compatible schema registry; required by format confluent.");

    public static final ConfigOption<String> REGISTRY_AUTHORIZATION =
            key("registry.authorization")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Value of the Authorization header sent to the registry. Secret: never"
                                    + " logged.");

    public static final ConfigOption<String> OUTPUT_FORMAT =
            key("output.format")
                    .stringType()
                    .defaultValue("avro")
                    .withDescription("Wire format of the output topics: avro or confluent.");

    public static final ConfigOption<Duration> DISORDER =
            key("events.disorder")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How far the watermark stays behind a partition's greatest event time.");

    public static final ConfigOption<Duration> LATENESS =
            key("events.lateness")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "An event older than its partition's greatest event time by more than"
                                    + " this is late. Default: 24 h, or events.disorder in exact"
                                    + " assignment.");

    public static final ConfigOption<Duration> FUTURE_SKEW =
            key("events.future-skew")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "An event further ahead of the wall clock is invalid. Not checked in a"
                                    + " replay.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT =
            key("events.idle-timeout")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "After this wall-clock silence a partition no longer holds back the"
                                    + " watermark. Default: 1 min, off in exact assignment.");

    public static final ConfigOption<Duration> ALIGNMENT_DRIFT =
            key("events.alignment-drift")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A partition further ahead of the slowest than this is paused. Default:"
                                    + " 30 d in exact assignment, else off.");

    public static final ConfigOption<Long> REPLAY_END_TIME =
            key("replay.end-time")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Event time of the last event, ms: where the clock of a replay stops."
                                    + " Required in a replay.");

    public static final ConfigOption<Double> REPLAY_SPEED_UP =
            key("replay.speed-up")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription(
                            "Event time passes this many times faster than the wall clock in a"
                                    + " replay; 0: as fast as it goes.");

    public static final ConfigOption<Integer> QUOTA =
            key("users.quota-per-minute")
                    .intType()
                    .defaultValue(600)
                    .withDescription(
                            "Events of one user in one minute beyond this are not counted, and the"
                                    + " user is flagged and does not vote for 24 h.");

    public static final ConfigOption<Duration> DEDUP =
            key("users.dedup")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "A repeated event id of a user within this event time counts once.");

    public static final ConfigOption<Integer> DEDUP_CAPACITY =
            key("users.dedup-capacity")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Event ids kept beside the panes; more overflow into their own state"
                                    + " entries.");

    public static final ConfigOption<Integer> DISTINCT_CAPACITY =
            key("users.distinct-capacity")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Distinct counts are exact up to this many values, then estimated from a"
                                    + " sample of them.");

    public static final ConfigOption<Duration> SESSION_GAP =
            key("users.session-gap")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription("Silence that ends a session.");

    public static final ConfigOption<Duration> MAX_SESSION =
            key("users.max-session")
                    .durationType()
                    .defaultValue(Duration.ofHours(24))
                    .withDescription("A session that lasts longer is counted anew.");

    public static final ConfigOption<Duration> EXIT_AFTER =
            key("users.exit-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(90))
                    .withDescription(
                            "After this silence a user leaves all segments and its state is dropped.");

    public static final ConfigOption<String> MODEL_NAME =
            key("model.name")
                    .stringType()
                    .defaultValue("default")
                    .withDescription("Key of the snapshots of this model.");

    public static final ConfigOption<Integer> K =
            key("model.k")
                    .intType()
                    .defaultValue(6)
                    .withDescription("The most segments there can be, at least 2.");

    public static final ConfigOption<String> MEASURE =
            key("model.measure")
                    .stringType()
                    .defaultValue("euclidean")
                    .withDescription("Distance measure: euclidean or cosine.");

    public static final ConfigOption<Duration> VOTE_INTERVAL =
            key("model.vote-interval")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription("Each live user votes once in this time.");

    public static final ConfigOption<Duration> BATCH_INTERVAL =
            key("model.batch-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Event time of a training batch, at most model.half-life / 20. Default:"
                                    + " model.vote-interval.");

    public static final ConfigOption<Duration> SNAPSHOT_INTERVAL =
            key("model.snapshot-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Event time between published versions, a multiple of"
                                    + " model.batch-interval. Default: model.batch-interval.");

    public static final ConfigOption<Duration> HALF_LIFE =
            key("model.half-life")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Event time in which a vote loses half of its weight; at least the"
                                    + " largest clustered window, which is the default.");

    public static final ConfigOption<Duration> WARM_UP =
            key("model.warm-up")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Event time from the first vote to the first model, at the earliest."
                                    + " Default: model.vote-interval.");

    public static final ConfigOption<Duration> ACTIVATION_DELAY =
            key("model.activation-delay")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A snapshot decides from its boundary plus this, at least"
                                    + " events.disorder, which is the default.");

    public static final ConfigOption<Integer> RESERVOIR =
            key("model.reservoir")
                    .intType()
                    .defaultValue(5_000)
                    .withDescription(
                            "Votes kept for the first model; at least 200 for each segment.");

    public static final ConfigOption<Integer> MAX_VOTES =
            key("model.max-votes")
                    .intType()
                    .defaultValue(50_000)
                    .withDescription("Votes that one batch uses; more are thinned by hash.");

    public static final ConfigOption<Integer> RESTARTS =
            key("model.restarts")
                    .intType()
                    .defaultValue(20)
                    .withDescription(
                            "Greedy k-means++ starts of the first model; the best is kept.");

    public static final ConfigOption<Double> RESCALE_TOLERANCE =
            key("model.rescale-tolerance")
                    .doubleType()
                    .defaultValue(0.20)
                    .withDescription(
                            "The frame is renewed when some sigma moved by more than this share.");

    public static final ConfigOption<Double> DRIFT_SPEED_UP =
            key("model.drift-speed-up")
                    .doubleType()
                    .defaultValue(TrainerOptions.DRIFT_SPEED_UP)
                    .withDescription(
                            "By this the half-life is divided while a drift alarm lasts; 1 tells of"
                                    + " drift and changes nothing.");

    public static final ConfigOption<String> SHADOW_KS =
            key("model.shadow-k")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Other Ks that models are trained for on the same votes, only to be"
                                    + " compared with, for example 5, 8; each costs the trainer as"
                                    + " much as the model itself; none switches them off. Default:"
                                    + " model.k - 1 and model.k + 1.");

    public static final ConfigOption<Long> SEED =
            key("model.seed")
                    .longType()
                    .defaultValue(42L)
                    .withDescription("Seed of the first model's random starts.");

    public static final ConfigOption<String> INITIAL_MODEL =
            key("model.initial")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "none, latest (of this model's snapshot topic), the path of an Avro"
                                    + " container file of snapshots (its last one), or flink-ml: and"
                                    + " the path of Flink ML k-means model data. Used only by a job that was not restored. Default:"
                                    + " latest in live mode, none in a replay.");

    public static final ConfigOption<Map<String, String>> LABELS =
            key("model.labels")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Your own labels by segment id, for example model.labels.3: bargain"
                                    + " hunters; up to 80 characters, no two alike. They hold from the"
                                    + " next snapshot on, also after a restart; a label left out is"
                                    + " generated again, an id that is not alive is passed over.");

    public static final ConfigOption<Double> MARGIN =
            key("guards.margin")
                    .doubleType()
                    .defaultValue(Guards.DEFAULTS.margin())
                    .withDescription(
                            "A move needs 1 - distance to the new centroid / distance to the current"
                                    + " one to be at least this.");

    public static final ConfigOption<Duration> STAY =
            key("guards.stay")
                    .durationType()
                    .defaultValue(Guards.DEFAULTS.stay())
                    .withDescription("How long a user stays in a segment at least.");

    public static final ConfigOption<Duration> CONFIRMATION =
            key("guards.confirmation")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long a new segment must be the nearest before the move; the first"
                                    + " segment of a user waits for it too. Default: 6 h, or"
                                    + " guards.stay if that is shorter.");

    public static final ConfigOption<Long> EMIT_CHANGES_FROM =
            key("changes.emit-from")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Backfill: changes before this event time, ms, only update memberships."
                                    + " Default: all are emitted.");

    public static final ConfigOption<Guarantee> GUARANTEE =
            key("delivery.guarantee")
                    .enumType(Guarantee.class)
                    .defaultValue(Guarantee.EXACTLY_ONCE)
                    .withDescription(
                            "exactly-once: output is visible to read_committed consumers at the next"
                                    + " checkpoint; at-least-once: at once, a failure may repeat it.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            key("delivery.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "Of Kafka transactions: more than checkpoint.timeout plus"
                                    + " delivery.restart-budget, at most the broker's"
                                    + " transaction.max.timeout.ms.");

    public static final ConfigOption<Duration> RESTART_BUDGET =
            key("delivery.restart-budget")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(3))
                    .withDescription(
                            "How long a restart may take before open transactions expire.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            key("checkpoint.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("Wall-clock time between checkpoints.");

    public static final ConfigOption<Duration> CHECKPOINT_TIMEOUT =
            key("checkpoint.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription("A checkpoint that takes longer is given up.");

    public static final ConfigOption<String> CHECKPOINT_DIRECTORY =
            key("checkpoint.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or object store path of checkpoints. Default: the cluster's.");

    public static final ConfigOption<MemorySize> CHECKPOINT_CARRIED =
            key("checkpoint.carried-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "State of changed users that a subtask's checkpoint carries itself, the"
                                    + " greater part in roll features, the rest in assign segment; whoever"
                                    + " changed and finds no room in it is written to RocksDB. The more,"
                                    + " the fewer writes, and the more bytes a checkpoint.");

    public static final ConfigOption<MemorySize> STATE_CACHE =
            key("state.cache-size")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Heap of a subtask for the state of users seen lately, the greater part in"
                                    + " roll features, the rest in assign segment; 0 b: none. Default: a"
                                    + " quarter of the TaskManager's heap up to 1 GB and half of what it has"
                                    + " beyond, divided by its slots; none if the state backend is on the"
                                    + " heap.");

    public static final ConfigOption<String> SNAPSHOT_EXPORT_PATH =
            key("snapshots.export-path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or object store path to which each snapshot is also written as"
                                    + " Flink ML k-means model data. Default: off.");

    public static final ConfigOption<Integer> CALIBRATE_MIN_K =
            key("calibrate.min-k")
                    .intType()
                    .defaultValue(2)
                    .withDescription("The least K that the calibration job tries.");

    public static final ConfigOption<Integer> CALIBRATE_MAX_K =
            key("calibrate.max-k")
                    .intType()
                    .defaultValue(12)
                    .withDescription(
                            "The greatest K that the calibration job tries; it needs 10 live "
                                    + "users for each.");

    public static final ConfigOption<Integer> CALIBRATE_SAMPLE =
            key("calibrate.sample")
                    .intType()
                    .defaultValue(4_000)
                    .withDescription(
                            "Users that the calibration job computes on, drawn by model.seed if "
                                    + "there are more; time and memory grow with its square, at most "
                                    + "20000.");

    public static final ConfigOption<Integer> CALIBRATE_SEEDS =
            key("calibrate.seeds")
                    .intType()
                    .defaultValue(10)
                    .withDescription("Starts of k-means for each K; the best one counts.");

    public static final ConfigOption<Integer> CALIBRATE_BOOTSTRAPS =
            key("calibrate.bootstraps")
                    .intType()
                    .defaultValue(10)
                    .withDescription(
                            "Resamples of the users by which the stability of each K is judged, "
                                    + "at least 2.");

    public static final ConfigOption<Integer> CALIBRATE_MICRO_CLUSTERS =
            key("calibrate.micro-clusters")
                    .intType()
                    .defaultValue(200)
                    .withDescription("Fine centroids that hierarchical clustering begins with.");

    public static final ConfigOption<Integer> CALIBRATE_MIN_CLUSTER_SIZE =
            key("calibrate.min-cluster-size")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Least users of a group that density clustering finds. Default: 1 % "
                                    + "of the sample, at least 10.");

    public static final ConfigOption<Integer> CALIBRATE_K =
            key("calibrate.chosen-k")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "K of the model that the calibration job writes. Default: the "
                                    + "recommended one.");

    public static final ConfigOption<String> CALIBRATE_EXPORT =
            key("calibrate.export")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or object store path to which the calibration job writes "
                                    + "calibration.json and snapshot.avro. Default: it only prints.");

    public static final ConfigOption<Boolean> CALIBRATE_PUBLISH =
            key("calibrate.publish")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Publish the calibrated model as the next version of model.name, "
                                    + "which a job starts from with model.initial: latest. Refused while "
                                    + "a live job writes that model.");

    public static final ConfigOption<Map<String, String>> FLINK =
            key("flink")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription("Further Flink options of this job, by their own keys.");

    /** Key of the feature list, which is structured and therefore no flat option. */
    public static final String FEATURES = "features";

    private SegmenterOptions() {}

    /** All options in the order of their declaration. */
    public static List<ConfigOption<?>> all() {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Field field : SegmenterOptions.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && ConfigOption.class.isAssignableFrom(field.getType())) {
                try {
                    options.add((ConfigOption<?>) field.get(null));
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return options;
    }
}
