// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Feature sets, options and streams of votes for the trainer's tests. */
final class Votes {
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long DAY = Duration.ofDays(1).toMillis();

    /** Some midnight, UTC. */
    static final long START = 20_000 * DAY;

    static final FeatureSet TWO = features("x", "y");

    private Votes() {}

    /** Clustered, untransformed counts over 4 days. */
    static FeatureSet features(String... names) {
        List<FeatureSpec> features = new ArrayList<>();
        for (String name : names) {
            features.add(count(name, Duration.ofDays(4), Transform.NONE, true));
        }
        return FeatureSet.of(features);
    }

    static FeatureSpec count(String name, Duration window, Transform transform, boolean clustered) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(),
                null,
                window,
                null,
                null,
                transform,
                clustered,
                null,
                null);
    }

    /** Votes once a day, batches of an hour, snapshots of six hours, first model after a day. */
    static TrainerOptions options(int k) {
        return new TrainerOptions(
                "test",
                k,
                "euclidean",
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ofDays(10),
                Duration.ofDays(1),
                Duration.ofMinutes(10),
                5000,
                100_000,
                20,
                0.2,
                42);
    }

    /** The same options with shadow models of given Ks. */
    static TrainerOptions withShadows(TrainerOptions options, Integer... shadowKs) {
        return new TrainerOptions(
                options.modelName(),
                options.k(),
                options.measure(),
                options.voteInterval(),
                options.batchInterval(),
                options.snapshotInterval(),
                options.halfLife(),
                options.warmUp(),
                options.activationDelay(),
                options.reservoirCapacity(),
                options.maxVotes(),
                options.restarts(),
                options.rescaleTolerance(),
                options.seed(),
                options.driftSpeedUp(),
                List.of(shadowKs));
    }

    static Vote vote(FeatureSet features, long user, long time, double... values) {
        long userHash = Hashes.of(user, 17);
        long interval = Math.floorDiv(time, DAY);
        long priority = Hashes.of(userHash, interval);
        return new Vote(false, userHash, time, interval, priority, features.fingerprint(), values);
    }

    /** Each of some users votes once a day; user u belongs to centre u mod k, with Gaussian noise of 1. */
    static List<Vote> around(
            double[][] centres, FeatureSet features, int users, int days, long seed) {
        Random random = new Random(seed);
        List<Vote> votes = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (int user = 0; user < users; user++) {
                double[] values = centres[user % centres.length].clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] += random.nextGaussian();
                }
                long phase = Math.floorMod(Hashes.of(user, 5), DAY - 1) + 1;
                votes.add(vote(features, user, START + day * DAY + phase, values));
            }
        }
        votes.sort((a, b) -> Long.compare(a.time(), b.time()));
        return votes;
    }
}
