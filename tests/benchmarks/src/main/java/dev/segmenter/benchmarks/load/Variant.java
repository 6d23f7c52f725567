// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the topic is drained with. */
public enum Variant {
    PLAIN_CONSUMER(
            "plain-consumer", "Kafka consumers in threads; each record's length is read", false),
    SOURCE_RAW("source-raw", "Flink's Kafka source, raw bytes, nothing behind it", false),
    DECODE_KEYBY(
            "decode-keyby",
            "the same, hand-rolled decoder, keyBy with a compact serializer of its own, no-op",
            false),
    NAIVE_ROCKSDB(
            "naive-rocksdb",
            "the same, and a value of 300 bytes in RocksDB read and written for each event",
            true),
    WHOLE_JOB("whole-job", "the segmenter as its users get it, exactly-once, on RocksDB", true),
    WHOLE_JOB_HEAP("whole-job-heap", "the same with state on the heap", true),
    TEXTBOOK_FLINK(
            "textbook-flink",
            "DataStream sliding windows per user and a broadcast model, on RocksDB, exactly-once",
            true),
    KAFKA_STREAMS(
            "kafka-streams",
            "Kafka Streams, one persistent store of panes per user, exactly-once (v2)",
            true);

    private final String text;
    private final String description;
    private final boolean stateful;

    Variant(String text, String description, boolean stateful) {
        this.text = text;
        this.description = description;
        this.stateful = stateful;
    }

    /** Those of the suite that drains, in order. */
    static List<Variant> drained() {
        return List.of(values());
    }

    /** By its name in tables and options. */
    public static Variant named(String text) {
        return Arrays.stream(values())
                .filter(variant -> variant.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'"
                                                + text
                                                + "' is no variant; use "
                                                + Arrays.stream(values())
                                                        .map(Variant::toString)
                                                        .collect(Collectors.joining(", "))));
    }

    /** One line for the page. */
    String description() {
        return description;
    }

    /** Whether a pass begins with a state to be filled. */
    public boolean stateful() {
        return stateful;
    }

    /** As it is written in options and tables. */
    @Override
    public String toString() {
        return text.toLowerCase(Locale.ROOT);
    }
}
