// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** Options of the load harness, from system properties {@code load.*}; unknown keys and bad values are refused. */
public final class LoadOptions {
    private static final String PREFIX = "load.";

    /** What is measured. */
    public enum Suite {
        /** Drains a full topic with each variant. */
        DRAIN,
        /** From the produced event to the readable change. */
        LATENCY,
        /** Against users, features, segments, skew and parallelism. */
        GROWTH,
        /** Where the CPU time of the whole job goes. */
        PROFILE
    }

    private record Option(String key, String standard, String description) {}

    private static final List<Option> ALL =
            List.of(
                    new Option("suite", "drain", "drain, latency, growth or profile."),
                    new Option("variants", "", "Comma-separated; of suite drain. Default: all."),
                    new Option("events", "28000000", "Events preloaded into the topic."),
                    new Option("users", "424000", "Users that these are of."),
                    new Option(
                            "skew",
                            "zipf:1.04",
                            "uniform; zipf:EXPONENT; or top:SHARE, one user with that share."),
                    new Option("census", "false", "true: each user acts once before all else."),
                    new Option("seed", "42", "Of the generated events."),
                    new Option("events-per-day", "3000000", "How dense they are in event time."),
                    new Option("window", "10s", "Wall clock of one repetition."),
                    new Option("repetitions", "3", "Measured, once two agree within 10 %."),
                    new Option("skip", "40s", "Stateful variants fill their state for so long."),
                    new Option(
                            "limit",
                            "80s",
                            "Wall clock of one variant at most, once it has warmed up."),
                    new Option("parallelism", "2", "Of each variant."),
                    new Option("partitions", "4", "Of the topic."),
                    new Option("k", "16", "Segments at most."),
                    new Option("features", "16", "Clustered features: 8 (the shop's), 16 or 32."),
                    new Option("checkpoint", "10s", "Interval between checkpoints."),
                    new Option("heap", "6g", "Java heap of a variant's process."),
                    new Option(
                            "young",
                            "1g",
                            "Young generation of a variant's process at most; latency is measured"
                                    + " with 256m."),
                    new Option("managed", "1g", "Memory of RocksDB in a variant's process."),
                    new Option("share", "0.5", "Of the capacity, at which latency is measured."),
                    new Option(
                            "rate", "", "Events/s of latency instead. Default: share x capacity."),
                    new Option("duration", "60s", "Of each latency that is measured."),
                    new Option("growth-users", "100000,1000000,5000000", "Users of suite growth."),
                    new Option("budget", "60m", "Suite growth begins nothing after this time."));

    private final Map<String, String> values = new HashMap<>();

    private LoadOptions() {}

    /** From properties that begin with {@code load.}; a blank value counts as not given. */
    public static LoadOptions from(Properties properties) {
        LoadOptions options = new LoadOptions();
        ALL.forEach(option -> options.values.put(option.key, option.standard));
        for (String property : properties.stringPropertyNames()) {
            String value = properties.getProperty(property).strip();
            if (property.startsWith(PREFIX) && !value.isEmpty()) {
                options.set(property.substring(PREFIX.length()), value);
            }
        }
        options.check();
        return options;
    }

    /** A copy with another value. */
    public LoadOptions with(String key, Object value) {
        LoadOptions copy = new LoadOptions();
        copy.values.putAll(values);
        copy.set(key, value.toString());
        copy.check();
        return copy;
    }

    /** One line for each option. */
    static String help() {
        return ALL.stream()
                .map(
                        o ->
                                String.format(
                                        Locale.ROOT,
                                        "  -D%-22s %s%s",
                                        PREFIX + o.key,
                                        o.description,
                                        o.standard.isEmpty()
                                                ? ""
                                                : " Default: " + o.standard + "."))
                .collect(Collectors.joining("\n"));
    }

    public Suite suite() {
        return parse("suite", text -> Suite.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    /** Those asked for, else all of the suite. */
    public List<Variant> variants() {
        if (values.get("variants").isEmpty()) {
            return Variant.drained();
        }
        return parse(
                "variants",
                text ->
                        Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(Variant::named)
                                .toList());
    }

    public long events() {
        return positive("events");
    }

    public int users() {
        return parse("users", LoadOptions::userCount);
    }

    public Skew skew() {
        return parse("skew", text -> Skew.parse(text, users()));
    }

    /** The skew as it was given. */
    public String skewText() {
        return values.get("skew");
    }

    public boolean census() {
        return parse("census", LoadOptions::yesOrNo);
    }

    public long seed() {
        return parse("seed", Long::valueOf);
    }

    public long eventsPerDay() {
        return positive("events-per-day");
    }

    public Duration window() {
        return duration("window");
    }

    public int repetitions() {
        return Math.toIntExact(positive("repetitions"));
    }

    public Duration skip() {
        return duration("skip");
    }

    public Duration limit() {
        return duration("limit");
    }

    public int parallelism() {
        return Math.toIntExact(positive("parallelism"));
    }

    public int partitions() {
        return Math.toIntExact(positive("partitions"));
    }

    public int k() {
        return Math.toIntExact(positive("k"));
    }

    public int features() {
        return parse("features", text -> LoadFeatures.requireOffered(Integer.parseInt(text)));
    }

    public Duration checkpoint() {
        return duration("checkpoint");
    }

    public String heap() {
        return parse("heap", LoadOptions::memory);
    }

    public String young() {
        return parse("young", LoadOptions::memory);
    }

    public String managed() {
        return parse("managed", LoadOptions::memory);
    }

    public double share() {
        return parse("share", LoadOptions::share);
    }

    /** Events per second at which latency is measured, 0 for a share of the capacity. */
    public long rate() {
        return values.get("rate").isEmpty() ? 0 : positive("rate");
    }

    public Duration duration() {
        return duration("duration");
    }

    public List<Integer> growthUsers() {
        return parse(
                "growth-users",
                text ->
                        Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(Integer::valueOf)
                                .toList());
    }

    public Duration budget() {
        return duration("budget");
    }

    /** All values by key, as given or by default. */
    public Map<String, String> asMap() {
        return Map.copyOf(values);
    }

    private void set(String key, String value) {
        if (ALL.stream().noneMatch(option -> option.key.equals(key))) {
            throw new IllegalArgumentException(
                    PREFIX + key + ": no such option; there are\n" + help());
        }
        values.put(key, value);
    }

    /** Reads everything once, so that nothing is refused after the broker has started. */
    private void check() {
        suite();
        variants();
        events();
        skew();
        census();
        seed();
        eventsPerDay();
        window();
        repetitions();
        skip();
        limit();
        k();
        features();
        checkpoint();
        heap();
        young();
        managed();
        share();
        rate();
        duration();
        growthUsers();
        budget();
        if (partitions() < parallelism()) {
            throw refused("partitions", values.get("partitions"), null);
        }
    }

    private Duration duration(String key) {
        return parse(key, TimeUtils::parseDuration);
    }

    private long positive(String key) {
        return parse(
                key,
                text -> {
                    long number = Long.parseLong(text);
                    if (number < 1) {
                        throw new IllegalArgumentException("must be at least 1");
                    }
                    return number;
                });
    }

    private static int userCount(String text) {
        int users = Integer.parseInt(text);
        if (users < 1 || users > 10_000_000) {
            throw new IllegalArgumentException("must be 1 to 10 million");
        }
        return users;
    }

    private static boolean yesOrNo(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
        }
        return text.equals("true");
    }

    private static double share(String text) {
        double share = Double.parseDouble(text);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("must be above 0 and at most 1");
        }
        return share;
    }

    private static String memory(String text) {
        MemorySize.parse(text);
        return text;
    }

    private <T> T parse(String key, Function<String, T> parser) {
        try {
            return parser.apply(values.get(key));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(key, values.get(key), e);
        }
    }

    private static IllegalArgumentException refused(String key, String value, Exception cause) {
        String reason = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new IllegalArgumentException(
                PREFIX
                        + key
                        + ": '"
                        + value
                        + "' is not possible"
                        + reason
                        + "; there are\n"
                        + help(),
                cause);
    }
}
