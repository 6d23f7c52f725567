// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.HOUR;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final double[][] THREE = {{0, 0}, {30, 0}, {0, 30}};

    private final TrainerOptions options = Votes.options(3);

    private static List<CentroidSnapshot> run(Trainer trainer, List<Vote> votes, long until) {
        votes.forEach(trainer::onVote);
        return trainer.advanceTo(until);
    }

    private static List<Vote> shifted(List<Vote> votes, UnaryOperator<double[]> shift) {
        return votes.stream()
                .map(
                        v ->
                                new Vote(
                                        false,
                                        v.userHash(),
                                        v.time(),
                                        v.interval(),
                                        v.priority(),
                                        v.fingerprint(),
                                        shift.apply(v.values())))
                .toList();
    }

    @Test
    void advanceTo_warmUpPassedAndEnoughVotes_publishesFirstModelAtItsBoundary() {
        List<Vote> votes = Votes.around(THREE, TWO, 1200, 2, 1);
        Trainer trainer = new Trainer(TWO, options);
        votes.forEach(trainer::onVote);
        long firstVote = votes.get(0).time();
        long boundary = START + DAY + HOUR;

        assertThat(trainer.advanceTo(boundary - 1)).isEmpty();
        List<CentroidSnapshot> published = trainer.advanceTo(boundary);

        assertThat(firstVote).isBetween(START + 1, START + HOUR);
        assertThat(published).hasSize(1);
        CentroidSnapshot first = published.get(0);
        assertThat(first.getVersion()).isEqualTo(1);
        assertThat(first.getParentId()).isNull();
        assertThat(first.getCreatedAt().toEpochMilli()).isEqualTo(boundary);
        assertThat(first.getEffectiveFrom().toEpochMilli())
                .isEqualTo(boundary + options.activationDelay().toMillis());
        assertThat(first.getObservedSince().toEpochMilli()).isEqualTo(firstVote);
        assertThat(first.getWarming()).isTrue();
        assertThat(first.getLineage()).extracting(Lineage::getFate).containsOnly(Fate.BORN);
        assertThat(first.getNextSegmentId()).isEqualTo(4);
        assertThat(first.getModelId()).matches("[0-9a-f]{64}");
        for (double[] centre : THREE) {
            assertThat(first.getCentroids())
                    .anySatisfy(c -> assertThat(distance(c, centre)).isLessThan(0.3));
        }
    }

    private static double distance(Centroid centroid, double[] to) {
        return Math.hypot(centroid.getVector().get(0) - to[0], centroid.getVector().get(1) - to[1]);
    }

    @Test
    void advanceTo_fewerVotesThanTheFitNeeds_publishesNothing() {
        Trainer trainer = new Trainer(TWO, options);

        assertThat(run(trainer, Votes.around(THREE, TWO, 99, 6, 1), START + 6 * DAY)).isEmpty();
        assertThat(run(trainer, Votes.around(THREE, TWO, 99, 1, 2), START + 7 * DAY)).isEmpty();
        assertThat(trainer.current()).isEmpty();
    }

    @Test
    void advanceTo_warmUpPassesInSilence_fitsAtTheBoundaryAfterIt() {
        Trainer trainer = new Trainer(TWO, options);
        List<Vote> early =
                Votes.around(THREE, TWO, 2400, 1, 1).stream()
                        .filter(v -> v.time() <= START + DAY / 2)
                        .toList();

        List<CentroidSnapshot> published = run(trainer, early, START + 1000 * DAY);

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getCreatedAt().toEpochMilli()).isEqualTo(START + DAY + HOUR);
    }

    @Test
    void advanceTo_anySplitAndOrderOfArrival_publishesTheSameBytes() throws Exception {
        List<Vote> votes = Votes.around(THREE, TWO, 900, 6, 7);
        List<CentroidSnapshot> atOnce = run(new Trainer(TWO, options), votes, START + 6 * DAY);

        List<Vote> shuffled = new ArrayList<>(votes);
        Collections.shuffle(shuffled, new Random(3));
        assertSameBytes(run(new Trainer(TWO, options), shuffled, START + 6 * DAY), atOnce);

        Trainer stepwise = new Trainer(TWO, options);
        List<CentroidSnapshot> inSteps = new ArrayList<>();
        for (Vote vote : votes) {
            inSteps.addAll(stepwise.advanceTo(vote.time() - 1));
            stepwise.onVote(vote);
        }
        inSteps.addAll(stepwise.advanceTo(START + 6 * DAY));
        assertSameBytes(inSteps, atOnce);
        assertThat(stepwise.lateVotes()).isZero();
        assertThat(atOnce).hasSizeGreaterThan(15);
    }

    static void assertSameBytes(List<CentroidSnapshot> actual, List<CentroidSnapshot> expected)
            throws Exception {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).toByteBuffer()).isEqualTo(expected.get(i).toByteBuffer());
        }
    }

    @Test
    void advanceTo_wholeHistory_versionsIncreaseParentsChainAndBoundariesLieOnTheGrid() {
        List<CentroidSnapshot> published =
                run(
                        new Trainer(TWO, options),
                        Votes.around(THREE, TWO, 900, 6, 7),
                        START + 6 * DAY);

        for (int i = 1; i < published.size(); i++) {
            CentroidSnapshot snapshot = published.get(i);
            CentroidSnapshot parent = published.get(i - 1);
            assertThat(snapshot.getVersion()).isEqualTo(parent.getVersion() + 1);
            assertThat(snapshot.getParentId()).isEqualTo(parent.getModelId());
            assertThat(snapshot.getCreatedAt().toEpochMilli() % (6 * HOUR)).isZero();
            assertThat(snapshot.getQuality().getVotes()).isPositive();
            assertThat(snapshot.getQuality().getInertiaPerVote()).isPositive();
            assertThat(snapshot.getQuality().getSilhouette()).isBetween(0.8, 1.0);
        }
        assertThat(published.stream().mapToLong(s -> s.getQuality().getVotes()).sum())
                .isEqualTo(900 * 6);
    }

    @Test
    void advanceTo_whileWarming_refitsAtDoublingAgesAndKeepsTheIds() {
        List<CentroidSnapshot> published =
                run(
                        new Trainer(TWO, options),
                        Votes.around(THREE, TWO, 900, 6, 7),
                        START + 6 * DAY);
        List<Long> rescaledAt =
                published.stream()
                        .filter(CentroidSnapshot::getRescaled)
                        .map(s -> (s.getCreatedAt().toEpochMilli() - START) / HOUR)
                        .toList();

        // Age 2 days is reached within the hour after day 2; age 4 is no longer warming.
        assertThat(rescaledAt).containsExactly(54L);
        assertThat(published)
                .allSatisfy(
                        s ->
                                assertThat(s.getCentroids())
                                        .extracting(Centroid::getSegmentId)
                                        .containsExactlyInAnyOrder(1, 2, 3));
        assertThat(published)
                .allSatisfy(
                        s ->
                                assertThat(s.getWarming())
                                        .isEqualTo(
                                                s.getCreatedAt().toEpochMilli()
                                                                - s.getObservedSince()
                                                                        .toEpochMilli()
                                                        < 4 * DAY));
    }

    @Test
    void advanceTo_refitFindsAnotherStructure_bearsNewIdsAndReportsTheDead() {
        List<Vote> votes = new ArrayList<>(Votes.around(THREE, TWO, 900, 1, 7));
        double[][] elsewhere = {{0, 0}, {-30, 0}, {-30, -30}};
        Votes.around(elsewhere, TWO, 900, 3, 8).stream()
                .filter(v -> v.time() > START + DAY + HOUR)
                .forEach(votes::add);

        List<CentroidSnapshot> published = run(new Trainer(TWO, options), votes, START + 3 * DAY);

        CentroidSnapshot refit =
                published.stream()
                        .filter(s -> s.getCreatedAt().toEpochMilli() == START + 54 * HOUR)
                        .findFirst()
                        .orElseThrow();
        assertThat(refit.getLineage()).extracting(Lineage::getFate).contains(Fate.BORN, Fate.DIED);
        assertThat(refit.getLineage())
                .filteredOn(l -> l.getFate() == Fate.BORN)
                .extracting(Lineage::getSegmentId)
                .allMatch(id -> id > 3);
        assertThat(refit.getNextSegmentId()).isGreaterThan(4);
        assertThat(refit.getRelabelled()).isBetween(0.0, 1.0).isPositive();
    }

    @Test
    void advanceTo_centroidsMove_followTheDecayedMeanInClosedForm() {
        Trainer trainer = new Trainer(TWO, options);
        run(trainer, Votes.around(THREE, TWO, 900, 1, 7), START + DAY + HOUR);
        CentroidSnapshot model = trainer.finish(START + DAY + HOUR).orElse(trainer.current().get());
        Centroid nearOrigin =
                model.getCentroids().stream()
                        .filter(c -> distance(c, THREE[0]) < 3)
                        .findFirst()
                        .orElseThrow();
        long boundary = START + DAY + 6 * HOUR;
        trainer.onVote(vote(TWO, 1, boundary - 1, 1.0, 2.0));
        trainer.onVote(vote(TWO, 2, boundary, 3.0, 1.0));

        CentroidSnapshot next = trainer.advanceTo(boundary).get(0);

        double a = StrictMath.pow(2, -Math.min(1 / 240.0, 2 / (350.0 * 3)));
        double weight = a * nearOrigin.getWeight() + 2;
        Centroid moved = bySegment(next, nearOrigin.getSegmentId());
        assertThat(moved.getWeight()).isCloseTo(weight, within(1e-9));
        assertThat(moved.getVector().get(0))
                .isCloseTo(
                        (a * nearOrigin.getWeight() * nearOrigin.getVector().get(0) + 4) / weight,
                        within(1e-12));
        for (Centroid other : model.getCentroids()) {
            if (other.getSegmentId() != nearOrigin.getSegmentId()) {
                assertThat(bySegment(next, other.getSegmentId()).getVector())
                        .isEqualTo(other.getVector());
            }
        }
    }

    private static Centroid bySegment(CentroidSnapshot snapshot, int segmentId) {
        return snapshot.getCentroids().stream()
                .filter(c -> c.getSegmentId() == segmentId)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void advanceTo_quietYears_publishNothingAndForgetNothing() {
        Trainer trainer = new Trainer(TWO, options);
        run(trainer, Votes.around(THREE, TWO, 900, 2, 7), START + 2 * DAY + 6 * HOUR);
        CentroidSnapshot before = trainer.current().orElseThrow();

        assertThat(trainer.advanceTo(START + 100_000 * DAY)).isEmpty();
        long later = START + 100_000 * DAY + 6 * HOUR;
        trainer.onVote(vote(TWO, 1, later, 0, 0));
        CentroidSnapshot after = trainer.advanceTo(later).get(0);

        double total = before.getCentroids().stream().mapToDouble(Centroid::getWeight).sum();
        double a = StrictMath.pow(2, -1 / (350.0 * 3));
        assertThat(after.getCentroids().stream().mapToDouble(Centroid::getWeight).sum())
                .isCloseTo(a * total + 1, within(1e-9));
    }

    @Test
    void advanceTo_lateVote_joinsTheOpenBatch() {
        Trainer trainer = new Trainer(TWO, options);
        trainer.advanceTo(START + 10 * HOUR);
        trainer.onVote(vote(TWO, 1, START + 2 * HOUR, 0, 0));
        trainer.onVote(vote(TWO, 2, START + 10 * HOUR, 0, 0));
        trainer.onVote(vote(TWO, 3, START + 10 * HOUR + 1, 0, 0));

        assertThat(trainer.lateVotes()).isEqualTo(2);
        trainer.advanceTo(START + 11 * HOUR - 1);
        assertThat(trainer.batches()).isZero();
        trainer.advanceTo(START + 11 * HOUR);
        assertThat(trainer.batches()).isEqualTo(1);
    }

    @Test
    void advanceTo_sigmaWithinTolerance_keepsTheFrame() {
        List<CentroidSnapshot> published = afterSpreadingBy(1.1);

        assertThat(published).isNotEmpty().noneMatch(CentroidSnapshot::getRescaled);
    }

    @Test
    void advanceTo_sigmaBeyondTolerance_publishesANewFrame() {
        List<CentroidSnapshot> published = afterSpreadingBy(2);

        CentroidSnapshot rescaled =
                published.stream().filter(CentroidSnapshot::getRescaled).findFirst().orElseThrow();
        CentroidSnapshot before = published.get(published.indexOf(rescaled) - 1);
        assertThat(
                        Math.max(
                                rescaled.getSigma().get(0) / before.getSigma().get(0),
                                rescaled.getSigma().get(1) / before.getSigma().get(1)))
                .isGreaterThan(1.2);
        assertThat(rescaled.getRescaleRelabelled()).isBetween(0.0, 1.0);
        assertThat(rescaled.getLineage()).extracting(Lineage::getFate).containsOnly(Fate.SURVIVED);
    }

    /** Snapshots after the warming of a model whose population then stretches by a factor. */
    private List<CentroidSnapshot> afterSpreadingBy(double factor) {
        Trainer trainer = new Trainer(TWO, options);
        List<Vote> votes = Votes.around(THREE, TWO, 900, 20, 7);
        List<Vote> early = votes.stream().filter(v -> v.time() <= START + 5 * DAY).toList();
        run(trainer, early, START + 5 * DAY);
        List<Vote> late = votes.stream().filter(v -> v.time() > START + 5 * DAY).toList();
        return run(
                trainer,
                shifted(late, v -> new double[] {v[0] * factor, v[1] * factor}),
                START + 20 * DAY);
    }

    @Test
    void advanceTo_constantFeatureComesToLife_joinsTheFrameAtTheCentroidsMeans() {
        Trainer trainer = new Trainer(TWO, options);
        List<Vote> votes = Votes.around(THREE, TWO, 900, 8, 7);
        List<Vote> constant = shifted(votes, v -> new double[] {v[0], 5});
        List<CentroidSnapshot> first =
                run(
                        trainer,
                        constant.stream().filter(v -> v.time() <= START + 5 * DAY).toList(),
                        START + 5 * DAY);
        List<CentroidSnapshot> later =
                run(
                        trainer,
                        votes.stream().filter(v -> v.time() > START + 5 * DAY).toList(),
                        START + 8 * DAY);

        assertThat(first).allSatisfy(s -> assertThat(s.getSigma().get(1)).isZero());
        assertThat(later.get(0).getRescaled()).isTrue();
        assertThat(later.get(0).getSigma().get(1)).isPositive();
    }

    @Test
    void onVote_moreThanMaxVotes_keepsThoseOfLowestPriorityInAnyOrder() throws Exception {
        TrainerOptions narrow = withMaxVotes(30);
        List<Vote> votes = Votes.around(THREE, TWO, 2400, 2, 7);
        List<Vote> kept =
                votes.stream()
                        .filter(
                                v ->
                                        votes.stream()
                                                        .filter(w -> batch(w) == batch(v))
                                                        .filter(w -> w.priority() < v.priority())
                                                        .count()
                                                < 30)
                        .toList();
        List<Vote> shuffled = new ArrayList<>(votes);
        Collections.shuffle(shuffled, new Random(5));
        Trainer thinning = new Trainer(TWO, narrow);

        assertSameBytes(
                run(thinning, shuffled, START + 2 * DAY + HOUR),
                run(new Trainer(TWO, narrow), kept, START + 2 * DAY + HOUR));
        assertThat(thinning.thinnedVotes()).isEqualTo(votes.size() - kept.size());
    }

    private static long batch(Vote vote) {
        return Math.floorDiv(vote.time() - 1, HOUR);
    }

    private TrainerOptions withMaxVotes(int maxVotes) {
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
                maxVotes,
                options.restarts(),
                options.rescaleTolerance(),
                options.seed());
    }

    @Test
    void onVote_oneUserVotesAllTheTime_countsOncePerInterval() {
        Trainer trainer = new Trainer(TWO, options);
        for (int i = 0; i < 10_000; i++) {
            trainer.onVote(vote(TWO, 1, START + 1 + i, 1000 + i, 0));
        }
        List<CentroidSnapshot> published =
                run(trainer, Votes.around(THREE, TWO, 900, 1, 7), START + DAY + HOUR);

        assertThat(published.get(0).getCentroids().stream().mapToDouble(Centroid::getWeight).sum())
                .isEqualTo(900);
    }

    @Test
    void onVote_notFiniteOrOfAnotherFeatureSet_isRefusedAndCounted() {
        Trainer trainer = new Trainer(TWO, options);
        trainer.onVote(vote(TWO, 1, START, Double.NaN, 0));
        trainer.onVote(vote(TWO, 2, START, 0, Double.POSITIVE_INFINITY));
        trainer.onVote(vote(Votes.features("x", "z"), 3, START, 0, 0));
        trainer.onVote(vote(TWO, 4, START, 0));

        assertThat(trainer.refusedVotes()).isEqualTo(4);
        assertThat(trainer.votes()).isZero();
        assertThat(trainer.finish(START + DAY)).isEmpty();
    }

    @Test
    void onVote_erasure_leavesNoTraceOfVotesHeld() throws Exception {
        long marked = 424_242;
        List<Vote> others = Votes.around(THREE, TWO, 900, 3, 7);
        Trainer with = new Trainer(TWO, options);
        Trainer without = new Trainer(TWO, options);
        for (Vote vote : others) {
            with.onVote(vote);
            without.onVote(vote);
            if (vote.time() > START + DAY / 2 && vote.time() < START + DAY / 2 + HOUR) {
                with.onVote(vote(TWO, marked, vote.time(), 77.125, 3));
            }
        }
        with.onVote(
                Vote.erasure(vote(TWO, marked, START, 0, 0).userHash(), START + DAY / 2 + HOUR));

        assertSameBytes(with.advanceTo(START + 3 * DAY), without.advanceTo(START + 3 * DAY));
    }

    @Test
    void onVote_erasure_appliesInEventTimeHoweverFastItTravels() throws Exception {
        List<Vote> votes = Votes.around(THREE, TWO, 900, 3, 7);
        long erasedAt = START + 2 * DAY + 2 * HOUR + 7;
        Vote erasure = Vote.erasure(votes.get(0).userHash(), erasedAt);
        Trainer early = new Trainer(TWO, options);
        early.onVote(erasure);
        List<CentroidSnapshot> expected = run(early, votes, START + 3 * DAY);

        Trainer late = new Trainer(TWO, options);
        votes.forEach(late::onVote);
        List<CentroidSnapshot> published = new ArrayList<>(late.advanceTo(erasedAt));
        late.onVote(erasure);
        published.addAll(late.advanceTo(START + 3 * DAY));

        assertSameBytes(published, expected);
    }

    @Test
    void onVote_votesAgainAfterErasure_countsAnew() {
        Trainer trainer = new Trainer(TWO, options);
        Vote old = vote(TWO, 1, START + 1, 1, 1);
        trainer.onVote(old);
        trainer.onVote(Vote.erasure(old.userHash(), START + 1));
        trainer.onVote(vote(TWO, 1, START + 2, 9, 9));

        CentroidSnapshot snapshot = trainer.finish(START + HOUR).orElseThrow();

        assertThat(snapshot.getCentroids().get(0).getVector()).containsExactly(9.0, 9.0);
    }

    @Test
    void finish_shortReplay_trainsAtItsEndAndIsEffectiveThen() {
        Trainer trainer = new Trainer(TWO, options);
        long end = START + 90 * 60_000;
        Votes.around(THREE, TWO, 900, 1, 7).stream()
                .filter(v -> v.time() <= end)
                .forEach(trainer::onVote);
        assertThat(trainer.advanceTo(end)).isEmpty();

        CentroidSnapshot snapshot = trainer.finish(end).orElseThrow();

        assertThat(snapshot.getEffectiveFrom().toEpochMilli()).isEqualTo(end);
        assertThat(snapshot.getCentroids()).hasSize(3);
        assertThat(trainer.current()).contains(snapshot);
    }

    @Test
    void finish_fewerDistinctPointsThanK_givesThatManyDifferentCentroids() {
        Trainer trainer = new Trainer(TWO, options);
        for (int user = 0; user < 50; user++) {
            trainer.onVote(vote(TWO, user, START + 1, user % 2, 3));
        }

        CentroidSnapshot snapshot = trainer.finish(START + 2).orElseThrow();

        assertThat(snapshot.getCentroids())
                .extracting(Centroid::getVector)
                .containsExactlyInAnyOrder(List.of(0.0, 3.0), List.of(1.0, 3.0));
    }

    @Test
    void finish_noVotes_givesNothing() {
        assertThat(new Trainer(TWO, options).finish(START)).isEmpty();
    }

    @Test
    void finish_callerDidNotAdvance_publishesWhatIsLeftOnce() {
        Trainer trainer = new Trainer(TWO, options);
        List<Vote> votes = Votes.around(THREE, TWO, 900, 3, 7);
        votes.stream().filter(v -> v.time() <= START + 2 * DAY).forEach(trainer::onVote);
        trainer.advanceTo(START + 2 * DAY);
        long version = trainer.current().orElseThrow().getVersion();
        votes.stream().filter(v -> v.time() > START + 2 * DAY).forEach(trainer::onVote);

        CentroidSnapshot last = trainer.finish(START + 3 * DAY).orElseThrow();

        assertThat(last.getVersion()).isEqualTo(version + 1);
        assertThat(last.getCreatedAt().toEpochMilli()).isEqualTo(START + 3 * DAY);
        assertThat(trainer.finish(START + 3 * DAY)).isEmpty();
    }

    @Test
    void startFrom_snapshot_goesOnWithItsIdsLabelsAndVersions() {
        CentroidSnapshot given =
                run(new Trainer(TWO, options), Votes.around(THREE, TWO, 900, 2, 7), START + 2 * DAY)
                        .get(0);
        given.getCentroids().get(0).setLabel("our darlings");
        Trainer trainer = new Trainer(TWO, options);
        CentroidSnapshot first = trainer.startFrom(given);
        assertThat(trainer.current()).contains(first);

        List<CentroidSnapshot> published =
                run(trainer, Votes.around(THREE, TWO, 900, 4, 9), START + 4 * DAY);

        assertThat(published.get(0).getVersion()).isEqualTo(given.getVersion() + 2);
        assertThat(published.get(0).getParentId()).isEqualTo(first.getModelId());
        assertThat(published).noneMatch(CentroidSnapshot::getRescaled);
        assertThat(published)
                .allSatisfy(
                        s -> {
                            assertThat(s.getNextSegmentId()).isEqualTo(given.getNextSegmentId());
                            assertThat(bySegment(s, given.getCentroids().get(0).getSegmentId()))
                                    .extracting(Centroid::getLabel)
                                    .isEqualTo("our darlings");
                        });
    }

    @Test
    void startFrom_snapshot_isItsSuccessorFromTheBeginningOfTime() {
        CentroidSnapshot given =
                run(new Trainer(TWO, options), Votes.around(THREE, TWO, 900, 4, 7), START + 4 * DAY)
                        .get(1);

        CentroidSnapshot first = new Trainer(TWO, options).startFrom(given);

        assertThat(first.getVersion()).isEqualTo(given.getVersion() + 1);
        assertThat(first.getParentId()).isEqualTo(given.getModelId());
        assertThat(first.getModelId()).isEqualTo(given.getModelId());
        assertThat(first.getEffectiveFrom()).isEqualTo(Instant.EPOCH);
        assertThat(first.getObservedSince()).isEqualTo(given.getCreatedAt());
        assertThat(first.getCentroids()).isEqualTo(given.getCentroids());
        assertThat(first.getMean()).isEqualTo(given.getMean());
        assertThat(first.getSigma()).isEqualTo(given.getSigma());
        assertThat(first.getQuality().getVotes()).isZero();
        assertThat(first.getLineage())
                .hasSameSizeAs(given.getCentroids())
                .allMatch(entry -> entry.getFate() == Fate.SURVIVED);
    }

    @Test
    void startFrom_otherFeaturesMeasureOrName_isRefusedInWords() {
        CentroidSnapshot given =
                run(new Trainer(TWO, options), Votes.around(THREE, TWO, 900, 2, 7), START + 2 * DAY)
                        .get(0);

        assertThatThrownBy(() -> new Trainer(Votes.features("x", "z"), options).startFrom(given))
                .hasMessageContaining("fingerprint")
                .hasMessageContaining("[x, y]");
        CentroidSnapshot cosine = CentroidSnapshot.newBuilder(given).setMeasure("cosine").build();
        assertThatThrownBy(() -> new Trainer(TWO, options).startFrom(cosine))
                .hasMessageContaining("model.measure")
                .hasMessageContaining("'euclidean'")
                .hasMessageContaining("'cosine'");
        CentroidSnapshot other = CentroidSnapshot.newBuilder(given).setModelName("shop").build();
        assertThatThrownBy(() -> new Trainer(TWO, options).startFrom(other))
                .hasMessageContaining("model.name")
                .hasMessageContaining("'shop'");
        Trainer begun = new Trainer(TWO, options);
        begun.startFrom(given);
        assertThatThrownBy(() -> begun.startFrom(given)).isInstanceOf(IllegalStateException.class);
    }
}
