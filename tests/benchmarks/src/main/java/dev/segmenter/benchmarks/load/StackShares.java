// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Attributes sampled stacks to parts of the job. A line is "thread;root;...;leaf count". Threads that
 * serve one part decide alone, and so does turning users into bytes; else the first frame from the leaf on
 * that a rule knows.
 */
final class StackShares {

    /** A part of the whole job, in the order of the table. */
    enum Part {
        SOURCE("source, decoding, admission"),
        EXCHANGE("exchange between subtasks"),
        ROLL("rolling features"),
        STATE("state: RocksDB, cache, (de)serialising"),
        TIMERS("timers: registering, queueing, firing"),
        ASSIGN("assigning"),
        TRAIN("trainer"),
        SINK("sinks"),
        CHECKPOINT("checkpoints, writing"),
        GC("garbage collection"),
        JIT("compiling (JIT)"),
        OTHER("engine and other");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private record Rule(String text, Part part) {}

    private static final List<Rule> THREADS =
            List.of(
                    new Rule("Compiler", Part.JIT),
                    new Rule("CompilerThre", Part.JIT),
                    new Rule("GC Thread", Part.GC),
                    new Rule("G1 ", Part.GC),
                    new Rule("VM Thread", Part.GC),
                    new Rule("rocksdb:", Part.STATE),
                    new Rule("Source Data Fetcher", Part.SOURCE),
                    new Rule("kafka-producer-network-thread", Part.SINK),
                    new Rule("AsyncOperations", Part.CHECKPOINT),
                    new Rule("train centroids", Part.TRAIN));

    /** All below it is timers, also RocksDB's batches and iterators. */
    private static final String TIMER_QUEUE = "PriorityQueue";

    /** In whatever part's frames it ends: these turn users into bytes and back. */
    private static final List<String> SERIALIZING =
            List.of("UserStateSerializer", "UserSegmentSerializer");

    /** The first that fits a frame counts. */
    private static final List<Rule> FRAMES =
            List.of(
                    new Rule("InternalTimerServiceImpl", Part.TIMERS),
                    new Rule("TimerSerializer", Part.TIMERS),
                    new Rule("job/state/DueUsers", Part.TIMERS),
                    new Rule("job/state/CachedTimers", Part.TIMERS),
                    new Rule("functions/TimerBundle", Part.TIMERS),
                    new Rule("flink/state/rocksdb/", Part.STATE),
                    new Rule("flink/runtime/state/", Part.STATE),
                    new Rule("job/state/Write", Part.STATE),
                    new Rule("job/state/Cache", Part.STATE),
                    new Rule("job/state/Decoded", Part.STATE),
                    new Rule("job/state/Packed", Part.STATE),
                    new Rule("job/state/ChangedUsers", Part.STATE),
                    new Rule("job/state/UnwrittenUsers", Part.STATE),
                    new Rule("job/state/UsersToCarry", Part.STATE),
                    new Rule("job/state/Carried", Part.STATE),
                    new Rule("job/state/IdBytes", Part.STATE),
                    new Rule("job/state/GroupPrefetch", Part.STATE),
                    new Rule("job/state/Stored", Part.STATE),
                    new Rule("job/state/Uncached", Part.STATE),
                    new Rule("job/state/Timed", Part.STATE),
                    new Rule("functions/StoredOverflowIds", Part.STATE),
                    new Rule("dev/segmenter/model/roll/", Part.ROLL),
                    new Rule("dev/segmenter/model/assign/", Part.ASSIGN),
                    new Rule("dev/segmenter/model/cluster/", Part.ASSIGN),
                    new Rule("dev/segmenter/model/train/", Part.TRAIN),
                    new Rule("functions/TrainCentroids", Part.TRAIN),
                    new Rule("connector/kafka/sink/", Part.SINK),
                    new Rule("clients/producer/", Part.SINK),
                    new Rule("SegmentOutput", Part.SINK),
                    new Rule("job/kafka/KeyedRecordSchema", Part.SINK),
                    new Rule("job/kafka/OutputEncoders", Part.SINK),
                    new Rule("connector/kafka/source/", Part.SOURCE),
                    new Rule("clients/consumer/", Part.SOURCE),
                    new Rule("connector/base/source/", Part.SOURCE),
                    new Rule("dev/segmenter/job/kafka/", Part.SOURCE),
                    new Rule("functions/AdmitEvents", Part.SOURCE),
                    new Rule("functions/StopClock", Part.SOURCE),
                    new Rule("functions/RollFeatures", Part.ROLL),
                    new Rule("functions/AssignSegments", Part.ASSIGN),
                    new Rule("job/state/ClickEvent", Part.EXCHANGE),
                    new Rule("job/state/UserUpdate", Part.EXCHANGE),
                    new Rule("io/network/", Part.EXCHANGE),
                    new Rule("StreamTaskNetworkInput", Part.EXCHANGE),
                    new Rule("RecordWriterOutput", Part.EXCHANGE));

    private final Map<Part, Long> counts = new EnumMap<>(Part.class);
    private long total;

    /** Of the lines of a profile. */
    StackShares(List<String> lines) {
        for (String line : lines) {
            int end = line.lastIndexOf(' ');
            if (end > 0) {
                long count = Long.parseLong(line.substring(end + 1));
                counts.merge(partOf(line.substring(0, end)), count, Long::sum);
                total += count;
            }
        }
    }

    /** Share of the CPU time, 0 to 1. */
    double share(Part part) {
        return total == 0 ? Double.NaN : counts.getOrDefault(part, 0L) / (double) total;
    }

    static Part partOf(String stack) {
        String[] frames = stack.split(";", -1);
        for (Rule rule : THREADS) {
            if (frames[0].contains(rule.text)) {
                return rule.part;
            }
        }
        if (stack.contains(TIMER_QUEUE)) {
            return Part.TIMERS;
        }
        if (SERIALIZING.stream().anyMatch(stack::contains)) {
            return Part.STATE;
        }
        for (int i = frames.length - 1; i > 0; i--) {
            for (Rule rule : FRAMES) {
                if (frames[i].contains(rule.text)) {
                    return rule.part;
                }
            }
        }
        return stack.contains("rocksdb") ? Part.STATE : Part.OTHER;
    }
}
