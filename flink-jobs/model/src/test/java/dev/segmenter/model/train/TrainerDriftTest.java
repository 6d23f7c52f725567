// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.DriftingVotes.HALF_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams whose half-life is twenty batches, with the votes that a half-life shortened to an eighth needs. */
class TrainerDriftTest {
    private static final int WARM = 3 * HALF_LIFE;
    private static final int BATCH = 1120;
    private static final double GOOD = 1.05;
    private static final double SPEED_UP = TrainerOptions.DRIFT_SPEED_UP;

    private static final IntToDoubleFunction SUDDEN = batch -> batch < WARM ? 0 : 1;
    private static final IntToDoubleFunction GRADUAL =
            batch -> Math.max(0, Math.min(1, (batch - WARM) / (3.0 * HALF_LIFE)));
    private static final IntToDoubleFunction RECURRING =
            batch -> batch < WARM || (batch - WARM) / (4 * HALF_LIFE) % 2 == 1 ? 0 : 1;

    /**
     * A trainer that has taken a stream.
     *
     * @param ratios of the sum of squares on a batch to come over what its true means leave, from the warm-up on
     * @param ids of the segments nearest to the true means before each such batch
     */
    private record Trace(Trainer trainer, List<Double> ratios, List<int[]> ids) {
        /** Half-lives from a batch until the model is good and stays so up to another. */
        double halfLivesToRecover(int from, int to) {
            int last =
                    IntStream.range(from - WARM, to - WARM)
                            .filter(i -> ratios.get(i) > GOOD)
                            .max()
                            .orElse(from - WARM - 1);
            return (last + 1 - (from - WARM)) / (double) HALF_LIFE;
        }

        double worst() {
            return ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        double mean() {
            return ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }

    private static Trace run(IntToDoubleFunction course, double speedUp, int batches, long seed) {
        DriftingVotes stream = new DriftingVotes(BATCH, course, seed);
        Trainer trainer =
                new Trainer(DriftingVotes.SET, DriftingVotes.options(speedUp, List.of(), seed));
        List<Double> ratios = new ArrayList<>();
        List<int[]> ids = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            if (batch >= WARM) {
                judge(trainer.current().orElseThrow(), stream, batch, ratios, ids);
            }
            stream.batch(batch).forEach(trainer::onVote);
            trainer.advanceTo(DriftingVotes.endOf(batch));
        }
        return new Trace(trainer, ratios, ids);
    }

    private static void judge(
            CentroidSnapshot snapshot,
            DriftingVotes stream,
            int batch,
            List<Double> ratios,
            List<int[]> ids) {
        CentroidModel model = CentroidModel.of(snapshot);
        int[] nearest = new int[DriftingVotes.CLUSTERS];
        double excess = 0;
        for (int c = 0; c < nearest.length; c++) {
            double[] centre = stream.centre(c, batch);
            int slot = model.nearest(framed(model, centre));
            nearest[c] = model.segmentId(slot);
            List<Double> centroid = snapshot.getCentroids().get(slot).getVector();
            for (int f = 0; f < centre.length; f++) {
                excess += Math.pow(centroid.get(f) - centre[f], 2) / nearest.length;
            }
        }
        ratios.add(1 + excess / DriftingVotes.REFERENCE);
        ids.add(nearest);
    }

    private static double[] framed(CentroidModel model, double[] vector) {
        double[] framed = new double[vector.length];
        model.toFrame(vector, framed);
        return framed;
    }

    @Test
    void advanceTo_suddenDrift_recoversWithinTwoHalfLivesAndKeepsEveryId() {
        List<Double> halfLives = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            Trace trace = run(SUDDEN, SPEED_UP, WARM + 3 * HALF_LIFE, seed);
            halfLives.add(trace.halfLivesToRecover(WARM, WARM + 3 * HALF_LIFE));
            assertThat(trace.trainer().driftAlarms()).isEqualTo(1);
            assertThat(trace.ids())
                    .allSatisfy(ids -> assertThat(ids).isEqualTo(trace.ids().get(0)));
            assertThat(trace.ids().get(0)).doesNotHaveDuplicates();
        }

        halfLives.sort(null);
        assertThat((halfLives.get(4) + halfLives.get(5)) / 2).isLessThan(1.2);
        assertThat(halfLives.get(9)).isLessThan(2);
    }

    @Test
    void advanceTo_gradualDrift_isNoWorseThanWithoutReaction() {
        for (long seed = 1; seed <= 3; seed++) {
            Trace with = run(GRADUAL, SPEED_UP, WARM + 5 * HALF_LIFE, seed);
            Trace without = run(GRADUAL, 1, WARM + 5 * HALF_LIFE, seed);

            assertThat(with.trainer().driftAlarms()).isPositive();
            assertThat(with.mean()).isLessThan(without.mean());
            assertThat(with.worst()).isLessThanOrEqualTo(without.worst());
            assertThat(with.halfLivesToRecover(WARM + 3 * HALF_LIFE, WARM + 5 * HALF_LIFE))
                    .isLessThanOrEqualTo(
                            without.halfLivesToRecover(WARM + 3 * HALF_LIFE, WARM + 5 * HALF_LIFE));
            assertThat(with.ids()).allSatisfy(ids -> assertThat(ids).isEqualTo(with.ids().get(0)));
        }
    }

    @Test
    void advanceTo_recurringDrift_recoversEachTimeAndKeepsEveryId() {
        for (long seed = 1; seed <= 3; seed++) {
            Trace trace = run(RECURRING, SPEED_UP, WARM + 12 * HALF_LIFE, seed);

            assertThat(trace.trainer().driftAlarms()).isEqualTo(3);
            for (int phase = 0; phase < 3; phase++) {
                int from = WARM + phase * 4 * HALF_LIFE;
                assertThat(trace.halfLivesToRecover(from, from + 4 * HALF_LIFE)).isLessThan(2);
            }
            assertThat(trace.ids())
                    .allSatisfy(ids -> assertThat(ids).isEqualTo(trace.ids().get(0)));
        }
    }

    /** Ten thousand batches of small and middling size; a bound that is far beyond the one alarm in 1,000 allowed. */
    @Test
    void advanceTo_stationary_raisesHardlyAnyAlarm() {
        long alarms = 0;
        int batches = 0;
        for (int batchSize : new int[] {16, 160}) {
            for (long seed = 1; seed <= 10; seed++) {
                DriftingVotes stream = new DriftingVotes(batchSize, batch -> 0, seed);
                Trainer trainer =
                        new Trainer(
                                DriftingVotes.SET,
                                DriftingVotes.options(SPEED_UP, List.of(), seed));
                for (int batch = 0; batch < 500; batch++) {
                    stream.batch(batch).forEach(trainer::onVote);
                    trainer.advanceTo(DriftingVotes.endOf(batch));
                }
                assertThat(trainer.current()).isPresent();
                alarms += trainer.driftAlarms();
                batches += 500;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(batches / 1000);
    }

    @Test
    void advanceTo_windowsFill_isGrowthAndNoDrift() {
        int window = 60;
        FeatureSet features =
                FeatureSet.of(
                        List.of(Votes.count("x", Duration.ofDays(window), Transform.NONE, true)));
        TrainerOptions given = Votes.options(2);
        TrainerOptions options =
                new TrainerOptions(
                        given.modelName(),
                        2,
                        given.measure(),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofDays(window),
                        Duration.ofDays(1),
                        given.activationDelay(),
                        given.reservoirCapacity(),
                        given.maxVotes(),
                        given.restarts(),
                        1e9,
                        given.seed());
        Trainer trainer = new Trainer(features, options);
        Random random = new Random(1);
        for (int day = 0; day < 3 * window; day++) {
            for (int user = 0; user < 500; user++) {
                double daily = 1 + user % 2 * 9 + 0.1 * random.nextGaussian();
                long time = DriftingVotes.endOf(day) - user;
                trainer.onVote(Votes.vote(features, user, time, daily * Math.min(day + 1, window)));
            }
            trainer.advanceTo(DriftingVotes.endOf(day));
            if (day < window) {
                assertThat(trainer.driftAlarms()).isZero();
            }
        }
        assertThat(trainer.driftAlarms()).isZero();
        assertThat(trainer.current().orElseThrow().getDrift().getLevel()).isNotNull();
    }

    @Test
    void advanceTo_alarm_isInTheSnapshotWithTheHalfLifeInForce() {
        DriftingVotes stream = new DriftingVotes(BATCH, SUDDEN, 1);
        Trainer trainer =
                new Trainer(DriftingVotes.SET, DriftingVotes.options(SPEED_UP, List.of(), 1));
        List<CentroidSnapshot> snapshots = new ArrayList<>();
        for (int batch = 0; batch < WARM + 2 * HALF_LIFE; batch++) {
            stream.batch(batch).forEach(trainer::onVote);
            snapshots.addAll(trainer.advanceTo(DriftingVotes.endOf(batch)));
        }
        long usual = Duration.ofDays(HALF_LIFE).toMillis();
        long alarm = DriftingVotes.endOf(WARM + 1);

        for (CentroidSnapshot snapshot : snapshots) {
            long age = snapshot.getCreatedAt().toEpochMilli() - alarm;
            boolean lasts = age >= 0 && age < usual;
            assertThat(snapshot.getDrift().getHalfLifeMs()).isEqualTo(lasts ? usual / 8 : usual);
            assertThat(snapshot.getDrift().getSince() != null).isEqualTo(lasts);
            if (lasts) {
                assertThat(snapshot.getDrift().getSince().toEpochMilli()).isEqualTo(alarm);
                assertThat(snapshot.getDrift().getLevel()).isGreaterThanOrEqualTo(1);
            }
        }
        CentroidSnapshot calm = snapshots.get(snapshots.size() - HALF_LIFE * 2 - 2);
        CentroidSnapshot moving = snapshots.get(snapshots.size() - HALF_LIFE * 2 + 2);
        assertThat(moving.getDrift().getCentroidShift())
                .isGreaterThan(10 * calm.getDrift().getCentroidShift());
        assertThat(calm.getDrift().getSegmentMix()).isBetween(0.0, 0.1);
    }

    @Test
    void advanceTo_newFrame_startsTheBaselineAnew() {
        DriftingVotes stream = new DriftingVotes(BATCH, batch -> 0, 1);
        Trainer trainer =
                new Trainer(DriftingVotes.SET, DriftingVotes.options(SPEED_UP, List.of(), 1));
        CentroidSnapshot last = null;
        for (int batch = 0; batch < WARM; batch++) {
            stream.batch(batch).forEach(trainer::onVote);
            trainer.advanceTo(DriftingVotes.endOf(batch));
        }
        assertThat(trainer.current().orElseThrow().getDrift().getLevel()).isNotNull();

        // Half of the clusters fall silent: their spread is as it was, the population's is less.
        for (int batch = WARM; last == null || !last.getRescaled(); batch++) {
            stream.batch(batch).stream()
                    .filter(vote -> vote.values()[2] < DriftingVotes.BETWEEN / 2)
                    .forEach(trainer::onVote);
            trainer.advanceTo(DriftingVotes.endOf(batch));
            last = trainer.current().orElseThrow();
        }

        assertThat(trainer.driftAlarms()).isZero();
        assertThat(last.getDrift().getLevel()).isNull();
    }
}
