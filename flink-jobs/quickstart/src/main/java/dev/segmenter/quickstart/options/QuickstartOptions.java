// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.options;

import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.synthetic.Disturbances;
import dev.segmenter.quickstart.synthetic.GeneratorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;

/** Options of the quickstart, from system properties; unknown keys and bad values are refused. */
public final class QuickstartOptions {
    private static final String JOB = "job.";

    private static final Option EVENTS =
            new Option("events", "", "File to replay: .csv, .csv.gz, .jsonl or .avro.");
    private static final Option CALIBRATE =
            new Option(
                    "calibrate",
                    "",
                    "File to choose K on, instead of replaying it; export then gets the report.");
    private static final Option COLUMNS =
            new Option(
                    "columns",
                    "",
                    "Other column names of that file: user_id=customer,event_time=ts,...");
    private static final Option CONFIG =
            new Option("config", "", "YAML file of the job, the same as in production.");
    private static final Option EXPORT =
            new Option("export", "", "Folder for the output topics as Avro and summary.json.");
    private static final Option SPEED =
            new Option(
                    "speed",
                    "",
                    "Event time passes this many times faster than the wall clock. Synthetic users:"
                            + " 43200 (a day in 2 s); a file: 0 (as fast as it goes).");
    private static final Option DURATION =
            new Option("duration", "", "Stop the synthetic users after this time, such as 60s.");
    private static final Option USERS = new Option("users", "2000", "Number of synthetic users.");
    private static final Option SEED = new Option("seed", "42", "Seed of the synthetic users.");
    private static final Option DAYS =
            new Option("days", "730", "Synthetic users begin this many days before now.");
    private static final Option DRIFT =
            new Option("drift", "0.05", "Share of users that change persona within 30 days.");
    private static final Option LATE =
            new Option("late", "0.002", "Share of events reported more than a day late.");
    private static final Option DUPLICATES =
            new Option("duplicates", "0.005", "Share of events sent twice.");
    private static final Option INVALID =
            new Option("invalid", "0.001", "Share of events that break a rule.");
    private static final Option UNDECODABLE =
            new Option("undecodable", "0.001", "Share of records that are no event.");
    private static final Option KAFKA_PORT =
            new Option("kafka.port", "", "Port of the broker; default 9092 or the next free one.");
    private static final Option DASHBOARD_PORT =
            new Option(
                    "dashboard.port",
                    "",
                    "Port of Flink's dashboard; default 8081 or the next free one.");
    private static final Option PARALLELISM =
            new Option("parallelism", "", "Of the job; default the number of cores, at most 4.");
    private static final Option LOG =
            new Option("log", "", "Log file; default segmenter-quickstart.log in the temp folder.");

    private static final List<Option> ALL =
            List.of(
                    EVENTS,
                    CALIBRATE,
                    COLUMNS,
                    CONFIG,
                    EXPORT,
                    SPEED,
                    DURATION,
                    USERS,
                    SEED,
                    DAYS,
                    DRIFT,
                    LATE,
                    DUPLICATES,
                    INVALID,
                    UNDECODABLE,
                    KAFKA_PORT,
                    DASHBOARD_PORT,
                    PARALLELISM,
                    LOG);

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> jobOverrides = new TreeMap<>();

    private QuickstartOptions() {}

    /** From properties that begin with {@code segmenter.}; a blank value counts as not given. */
    public static QuickstartOptions from(Properties properties) {
        QuickstartOptions options = new QuickstartOptions();
        for (String property : properties.stringPropertyNames()) {
            String value = properties.getProperty(property).strip();
            if (property.startsWith(Option.PREFIX) && !value.isEmpty()) {
                options.set(property.substring(Option.PREFIX.length()), value);
            }
        }
        options.check();
        return options;
    }

    /** One line for each option. */
    public static String help() {
        return ALL.stream()
                        .map(o -> String.format("  -D%-26s %s", o.property(), described(o)))
                        .collect(Collectors.joining("\n"))
                + String.format(
                        "%n  -D%-26s %s", "segmenter.job.<key>", "Any option of the job itself.");
    }

    public Optional<Path> events() {
        return find(EVENTS).map(Path::of);
    }

    /** The file to calibrate on. */
    public Optional<Path> calibrate() {
        return find(CALIBRATE).map(Path::of);
    }

    public ColumnMapping columns() {
        return find(COLUMNS).map(ColumnMapping::parse).orElseGet(ColumnMapping::standard);
    }

    public Optional<Path> config() {
        return find(CONFIG).map(Path::of);
    }

    public Optional<Path> export() {
        return find(EXPORT).map(Path::of);
    }

    /** Empty: the default of what is played. */
    public Optional<Double> speed() {
        return find(SPEED).map(text -> number(SPEED, text));
    }

    /** Empty: until it is stopped. */
    public Optional<Duration> duration() {
        return find(DURATION).map(text -> parse(DURATION, text, TimeUtils::parseDuration));
    }

    public Optional<Integer> kafkaPort() {
        return find(KAFKA_PORT).map(text -> port(KAFKA_PORT, text));
    }

    public Optional<Integer> dashboardPort() {
        return find(DASHBOARD_PORT).map(text -> port(DASHBOARD_PORT, text));
    }

    public Optional<Integer> parallelism() {
        return find(PARALLELISM).map(text -> parse(PARALLELISM, text, Integer::valueOf));
    }

    /** Options of the job itself, by their own keys. */
    public Map<String, String> jobOverrides() {
        return jobOverrides;
    }

    /** Synthetic users that began some days before {@code now}. */
    public GeneratorOptions generator(Instant now) {
        Disturbances disturbances =
                new Disturbances(
                        number(LATE), number(DUPLICATES), number(INVALID), number(UNDECODABLE));
        long days = parse(DAYS, value(DAYS), Long::valueOf);
        return new GeneratorOptions(
                parse(USERS, value(USERS), Integer::valueOf),
                parse(SEED, value(SEED), Long::valueOf),
                now.minus(Duration.ofDays(days)),
                number(DRIFT),
                disturbances);
    }

    private void set(String key, String value) {
        if (key.startsWith(JOB)) {
            jobOverrides.put(key.substring(JOB.length()), value);
        } else if (ALL.stream().anyMatch(option -> option.key().equals(key))) {
            values.put(key, value);
        } else {
            throw new IllegalArgumentException(
                    Option.PREFIX + key + ": no such option; there are\n" + help());
        }
    }

    /** Reads everything once, so that nothing is refused after the broker has started. */
    private void check() {
        if (events().isPresent() && calibrate().isPresent()) {
            throw new IllegalArgumentException(
                    CALIBRATE.property()
                            + ": '"
                            + value(CALIBRATE)
                            + "' excludes "
                            + EVENTS.property()
                            + "; give one of them");
        }
        columns();
        speed();
        duration();
        kafkaPort();
        dashboardPort();
        parallelism();
        generator(Instant.EPOCH);
    }

    private static String described(Option option) {
        return option.standard().isEmpty()
                ? option.description()
                : option.description() + " Default: " + option.standard() + ".";
    }

    private Optional<String> find(Option option) {
        return Optional.ofNullable(values.get(option.key()));
    }

    private String value(Option option) {
        return values.getOrDefault(option.key(), option.standard());
    }

    private double number(Option option) {
        return number(option, value(option));
    }

    private static double number(Option option, String text) {
        double number = parse(option, text, Double::valueOf);
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw refused(option, text, null);
        }
        return number;
    }

    private static int port(Option option, String text) {
        int port = parse(option, text, Integer::valueOf);
        if (port < 1 || port > 65_535) {
            throw refused(option, text, null);
        }
        return port;
    }

    private static <T> T parse(Option option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refused(option, text, e);
        }
    }

    private static IllegalArgumentException refused(Option option, String text, Exception cause) {
        return new IllegalArgumentException(
                option.property() + ": '" + text + "' is not possible; " + described(option),
                cause);
    }
}
