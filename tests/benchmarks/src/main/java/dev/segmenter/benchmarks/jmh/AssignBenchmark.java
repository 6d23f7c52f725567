// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One update of a user in a segment, as an event makes it: every second feature, all counts, is one more
 * or one less than before; d = 16, default guards, hardly anybody moves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AssignBenchmark {
    private static final int USERS = 1 << 9;
    private static final int MASK = 2 * USERS - 1;

    @Param({"8", "16", "64", "256"})
    public int k;

    private final ModelTimeline models = new ModelTimeline();
    private final Decisions decisions = new Decisions();
    private SegmentAssigner assigner;
    private UserSegment[] users;
    private UserUpdate[] updates;
    private int next;

    /** Brings every user into a segment. */
    @Setup
    public void assign() {
        FeatureSet features = Shop.features("wide");
        models.add(ModelOf.of(features, k, 8));
        assigner =
                new SegmentAssigner(
                        features,
                        new AssignOptions(Guards.DEFAULTS, Long.MIN_VALUE, Duration.ofDays(90)));
        users = new UserSegment[USERS];
        updates = new UserUpdate[2 * USERS];
        double[][] values = Shop.values(features, USERS, 9);
        for (int user = 0; user < USERS; user++) {
            updates[user] = update(features, user, values[user]);
            updates[USERS + user] = update(features, user, oneMore(features, values[user]));
            users[user] = assigner.onUpdate(null, updates[user], models, decisions);
            assigner.onTimer(
                    users[user], updates[user].userId(), Shop.START + Shop.DAY, models, decisions);
        }
    }

    private static UserUpdate update(FeatureSet features, int user, double[] values) {
        return new UserUpdate(
                UserUpdate.Kind.VECTOR,
                "user-" + user,
                Shop.START,
                Shop.START,
                features.fingerprint(),
                false,
                values);
    }

    private static double[] oneMore(FeatureSet features, double[] values) {
        double[] more = values.clone();
        for (int i = 0; i < more.length; i += 2) {
            if (features.features().get(i).kind() != FeatureKind.RATIO) {
                more[i]++;
            }
        }
        return more;
    }

    /** SegmentAssigner.onUpdate. */
    @Benchmark
    public UserSegment segmentDecision() {
        int user = next & (USERS - 1);
        UserUpdate update = updates[next];
        next = (next + 1) & MASK;
        users[user] = assigner.onUpdate(users[user], update, models, decisions);
        return users[user];
    }
}
