// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.job.state.UserUpdateEdgeSerializer;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An update on the edge from roll to assign: written for the network, and read from its buffers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EdgeBenchmark {
    private static final int UPDATES = 512;
    private static final int USERS = 424_000;

    @Param({"shop", "wide"})
    public String features;

    private final UserUpdateEdgeSerializer serializer = new UserUpdateEdgeSerializer();
    private final DataOutputSerializer out = new DataOutputSerializer(256);
    private List<UserUpdate> updates;
    private NetworkBuffers<UserUpdate> buffers;
    private int next;

    /** Makes seeded updates of many users. */
    @Setup
    public void fill() throws IOException {
        FeatureSet set = Shop.features(features);
        double[][] values = Shop.values(set, UPDATES, 7);
        Random random = new Random(8);
        updates =
                IntStream.range(0, UPDATES)
                        .mapToObj(i -> update(random, set, Shop.START + i, values[i]))
                        .toList();
        buffers = new NetworkBuffers<>(new UserUpdateEdgeSerializer(), updates);
    }

    private static UserUpdate update(
            Random random, FeatureSet features, long time, double[] values) {
        return new UserUpdate(
                UserUpdate.Kind.VECTOR,
                "user-%07d".formatted(random.nextInt(USERS)),
                Shop.START - random.nextInt((int) Shop.DAY),
                time,
                features.fingerprint(),
                false,
                values);
    }

    @Benchmark
    public int writeUpdate() throws IOException {
        next = (next + 1) & (UPDATES - 1);
        out.clear();
        serializer.serialize(updates.get(next), out);
        return out.length();
    }

    @Benchmark
    public UserUpdate readUpdate() throws IOException {
        return buffers.next();
    }
}
