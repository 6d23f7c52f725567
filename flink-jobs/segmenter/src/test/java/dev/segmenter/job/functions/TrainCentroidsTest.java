// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.HOUR;
import static dev.segmenter.job.functions.Plane.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.train.SegmentLabels;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import dev.segmenter.schemas.Shadow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCentroidsTest {
    private static final int DAYS = 6;
    private static final int USERS = 300;
    private static final double[][] CENTRES = {{0, 0}, {20, 0}};

    /** Votes once a day, batches of an hour, snapshots of six hours, first model after a day. */
    private static final TrainerOptions OPTIONS =
            new TrainerOptions(
                    "plane",
                    2,
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

    @Test
    void votes_publishNothingUntilTheWatermarkClosesTheirBatch() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            for (Vote vote : votes()) {
                train.processElement(new StreamRecord<>(vote));
            }
            assertThat(train.extractOutputValues()).isEmpty();

            train.processWatermark(START + DAYS * DAY);

            List<CentroidSnapshot> published = train.extractOutputValues();
            assertThat(published).hasSizeGreaterThan(5);
            assertThat(published)
                    .extracting(CentroidSnapshot::getVersion)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(published)
                    .allSatisfy(
                            snapshot ->
                                    assertThat(snapshot.getEffectiveFrom())
                                            .isEqualTo(
                                                    snapshot.getCreatedAt()
                                                            .plus(OPTIONS.activationDelay())));
        }
    }

    @Test
    void snapshots_comeBeforeTheWatermarkThatBringsThem() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            for (Vote vote : votes()) {
                train.processElement(new StreamRecord<>(vote));
            }

            train.processWatermark(START + DAYS * DAY);

            // Assign takes the clock as proof that every model effective by then is there.
            List<Object> output = List.copyOf(train.getOutput());
            assertThat(output).hasSizeGreaterThan(1);
            assertThat(output.subList(0, output.size() - 1))
                    .allMatch(StreamRecord.class::isInstance);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restored_goesOnAsIfNeverInterrupted(boolean savepoint) throws Exception {
        List<Vote> votes = votes();
        List<CentroidSnapshot> whole;
        try (Harness train = opened(InitialModel.NONE, null)) {
            play(train, votes);
            whole = train.extractOutputValues();
        }

        List<CentroidSnapshot> pieces = new ArrayList<>();
        OperatorSubtaskState state = null;
        int piece = votes.size() / 10;
        for (int from = 0; from < votes.size(); from += piece) {
            try (Harness train =
                    state == null
                            ? opened(InitialModel.NONE, null)
                            : restored(state, InitialModel.NONE)) {
                play(train, votes.subList(from, from + piece));
                state = savepoint ? train.savepoint() : train.snapshot(1, 0);
                pieces.addAll(train.extractOutputValues());
            }
        }

        assertThat(whole).hasSizeGreaterThan(5);
        assertThat(pieces).isEqualTo(whole);
    }

    /** Flink writes managed operator state byte by byte, and any tool finds it. */
    @Test
    void state_isManagedInSavepointsOnly() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            play(train, votes());

            OperatorSubtaskState checkpoint = train.snapshot(1, 0);
            OperatorSubtaskState savepoint = train.savepoint();

            long bytes = checkpoint.getRawOperatorState().getStateSize();
            assertThat(bytes).isGreaterThan(10_000);
            assertThat(checkpoint.getManagedOperatorState().getStateSize()).isLessThan(1_000);
            assertThat(savepoint.getRawOperatorState()).isEmpty();
            assertThat(savepoint.getManagedOperatorState().getStateSize())
                    .isBetween(bytes, bytes + 1_000);
        }
    }

    @Test
    void metrics_showTheFiguresOfTheNewestSnapshot() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            assertThat(train.metrics.figure(MetricNames.DAVIES_BOULDIN)).isNaN();
            assertThat(train.metrics.figure(MetricNames.SHADOW_INERTIA + 3)).isNaN();

            play(train, votes());

            List<CentroidSnapshot> published = train.extractOutputValues();
            CentroidSnapshot last = published.get(published.size() - 1);
            Quality quality = last.getQuality();
            Shadow three = last.getShadows().get(0);
            assertThat(three.getK()).isEqualTo(3);
            assertFigures(
                    train,
                    Map.of(
                            MetricNames.SILHOUETTE,
                            quality.getSilhouette(),
                            MetricNames.DAVIES_BOULDIN,
                            quality.getDaviesBouldin(),
                            MetricNames.OUTLIER_SHARE,
                            quality.getOutlierShare(),
                            MetricNames.RELABELLED,
                            last.getRelabelled(),
                            MetricNames.CENTROID_SHIFT,
                            last.getDrift().getCentroidShift(),
                            MetricNames.SEGMENT_MIX,
                            last.getDrift().getSegmentMix(),
                            MetricNames.SHADOW_INERTIA + 3,
                            three.getInertiaPerVote(),
                            MetricNames.SHADOW_SILHOUETTE + 3,
                            three.getSilhouette(),
                            MetricNames.SHADOW_DAVIES_BOULDIN + 3,
                            three.getDaviesBouldin()));
            assertThat(train.metrics.gauge(MetricNames.HALF_LIFE_MS))
                    .isEqualTo(OPTIONS.halfLife().toMillis());
            assertThat(train.metrics.gauge(MetricNames.DRIFTING)).isZero();
            assertThat(train.metrics.count(MetricNames.DRIFT_ALARMS)).isZero();
            assertThat(train.metrics.count(MetricNames.BATCHES)).isPositive();
        }
    }

    private static void assertFigures(Harness train, Map<String, Double> expected) {
        expected.forEach(
                (name, figure) ->
                        assertThat(train.metrics.figure(name)).as(name).isEqualTo(figure));
    }

    @Test
    void initialModel_isPublishedOnceAsTheNextVersion() throws Exception {
        CentroidSnapshot initial = trained();
        OperatorSubtaskState state;
        try (Harness train = opened(name -> Optional.of(initial), null)) {
            assertThat(train.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            first -> {
                                assertThat(first.getVersion()).isEqualTo(initial.getVersion() + 1);
                                assertThat(first.getParentId()).isEqualTo(initial.getModelId());
                                assertThat(first.getCentroids()).isEqualTo(initial.getCentroids());
                                assertThat(first.getEffectiveFrom()).isEqualTo(Instant.EPOCH);
                            });
            state = train.snapshot(1, 0);
        }

        InitialModel untouched =
                name -> {
                    throw new IllegalStateException("a restored trainer has its own model");
                };
        try (Harness train = restored(state, untouched)) {
            train.processWatermark(START + 10 * DAY);
            assertThat(train.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void initialModel_isFollowedByFurtherVersions() throws Exception {
        CentroidSnapshot initial = trained();
        try (Harness train = opened(name -> Optional.of(initial), null)) {
            play(train, votes());
            train.processWatermark(START + DAYS * DAY);

            CentroidSnapshot first = train.extractOutputValues().get(0);
            CentroidSnapshot next = train.extractOutputValues().get(1);
            assertThat(next.getVersion()).isEqualTo(first.getVersion() + 1);
            assertThat(next.getParentId()).isEqualTo(first.getModelId());
            assertThat(next.getEffectiveFrom()).isAfter(first.getEffectiveFrom());
        }
    }

    @Test
    void finishOfAShortReplay_publishesAModelEffectiveAtItsEnd() throws Exception {
        long end = START + 5 * HOUR;
        try (Harness train = opened(InitialModel.NONE, end)) {
            playUpTo(train, end);
            train.processWatermark(end);
            assertThat(train.extractOutputValues()).as("too few votes").isEmpty();

            train.getOperator().finish();

            assertThat(train.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            snapshot ->
                                    assertThat(snapshot.getEffectiveFrom().toEpochMilli())
                                            .isEqualTo(end));
        }
    }

    @Test
    void finishOfALiveJob_publishesNothing() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            playUpTo(train, START + 5 * HOUR);

            train.getOperator().finish();

            assertThat(train.extractOutputValues()).isEmpty();
        }
    }

    private static void playUpTo(Harness train, long end) throws Exception {
        play(train, votes().stream().filter(vote -> vote.time() <= end).toList());
    }

    private static void play(Harness train, List<Vote> votes) throws Exception {
        for (Vote vote : votes) {
            train.processElement(new StreamRecord<>(vote));
            train.processWatermark(vote.time() - 1);
        }
    }

    private static CentroidSnapshot trained() throws Exception {
        try (Harness train = opened(InitialModel.NONE, null)) {
            play(train, votes());
            List<CentroidSnapshot> published = train.extractOutputValues();
            return published.get(published.size() - 1);
        }
    }

    /** Each user votes once a day near one of the centres; in the order of time. */
    private static List<Vote> votes() {
        Random random = new Random(11);
        List<Vote> votes = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (int user = 0; user < USERS; user++) {
                double[] centre = CENTRES[user % CENTRES.length];
                long hash = Hashes.of(user, 17);
                long time = START + day * DAY + 1 + random.nextLong(DAY - 1);
                long interval = Math.floorDiv(time, DAY);
                votes.add(
                        new Vote(
                                false,
                                hash,
                                time,
                                interval,
                                Hashes.of(hash, interval),
                                Plane.FEATURES.fingerprint(),
                                new double[] {
                                    centre[0] + random.nextGaussian(),
                                    centre[1] + random.nextGaussian()
                                }));
            }
        }
        votes.sort(Comparator.comparingLong(Vote::time));
        return votes;
    }

    private static Harness opened(InitialModel initialModel, Long replayEnd) throws Exception {
        Harness harness = new Harness(initialModel, replayEnd);
        harness.open();
        return harness;
    }

    private static Harness restored(OperatorSubtaskState state, InitialModel initialModel)
            throws Exception {
        Harness harness = new Harness(initialModel, null);
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    private static final class Harness
            extends OneInputStreamOperatorTestHarness<Vote, CentroidSnapshot> {
        private final RecordedMetrics metrics;

        Harness(InitialModel initialModel, Long replayEnd) throws Exception {
            this(initialModel, replayEnd, new RecordedMetrics());
        }

        private Harness(InitialModel initialModel, Long replayEnd, RecordedMetrics metrics)
                throws Exception {
            super(
                    new TrainCentroids(
                            Plane.FEATURES,
                            OPTIONS,
                            SegmentLabels.NONE,
                            initialModel,
                            ModelLease.ALONE,
                            replayEnd),
                    HarnessEnvironment.builder().setMetricGroup(metrics.taskGroup()).build());
            this.metrics = metrics;
            setup(new SpecificRecordSerializer<>(CentroidSnapshot.class));
        }

        OperatorSubtaskState savepoint() throws Exception {
            return snapshotWithLocalState(
                            1, 0, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                    .getJobManagerOwnedState();
        }
    }
}
