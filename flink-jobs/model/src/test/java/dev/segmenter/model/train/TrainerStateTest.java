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
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Shadow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerStateTest {
    private static final double[][] THREE = {{0, 0}, {30, 0}, {0, 30}};

    private final TrainerOptions options = Votes.options(3);
    private final List<Vote> votes = Votes.around(THREE, TWO, 900, 6, 7);

    private static byte[] write(Trainer trainer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private Trainer read(byte[] state, FeatureSet features) throws IOException {
        return Trainer.read(
                features, options, new DataInputStream(new ByteArrayInputStream(state)));
    }

    private void feed(Trainer trainer, long from, long to) {
        votes.stream().filter(v -> v.time() > from && v.time() <= to).forEach(trainer::onVote);
    }

    @Test
    void read_atAnyPoint_goesOnExactlyAsTheOriginal() throws Exception {
        Trainer whole = new Trainer(TWO, options);
        feed(whole, START, START + 6 * DAY);
        List<CentroidSnapshot> expected = whole.advanceTo(START + 6 * DAY);

        for (long step : new long[] {7 * HOUR, 5 * HOUR + 1234}) {
            Trainer restarting = new Trainer(TWO, options);
            List<CentroidSnapshot> published = new ArrayList<>();
            for (long now = START; now < START + 6 * DAY; now += step) {
                feed(restarting, now, Math.min(now + step, START + 6 * DAY));
                published.addAll(restarting.advanceTo(now));
                restarting = read(write(restarting), TWO);
            }
            published.addAll(restarting.advanceTo(START + 6 * DAY));

            TrainerTest.assertSameBytes(published, expected);
            assertThat(restarting.votes()).isEqualTo(whole.votes());
            assertThat(restarting.batches()).isEqualTo(whole.batches());
            assertThat(restarting.lastInertia()).isEqualTo(whole.lastInertia());
            assertThat(restarting.lastSilhouette()).isEqualTo(whole.lastSilhouette());
            assertThat(restarting.driftScore()).isEqualTo(whole.driftScore());
            assertThat(restarting.current()).isEqualTo(whole.current());
        }
    }

    /** A group comes in the place of one that goes, so that segments die, merge and are born. */
    @Test
    void read_whileStructureChanges_goesOnExactlyAsTheOriginal_inAnyOrderOfArrival()
            throws Exception {
        double[][] centres = Groups.apart(4, 2, 60, 12, 1);
        double[] there = centres[3].clone();
        Groups groups = new Groups(4, 3_000, 1, centres).leave(3).live(Groups.SETTLED);
        groups.move(3, there).live(4).leave(0).live(50);
        List<CentroidSnapshot> expected = groups.published();
        assertThat(groups.changesSince(Groups.SETTLED))
                .extracting(Lineage::getFate)
                .contains(Fate.MERGED, Fate.BORN, Fate.DIED);

        List<Vote> shuffled = new ArrayList<>(groups.cast());
        Collections.shuffle(shuffled, new Random(5));
        shuffled.sort(Comparator.comparingLong(v -> Math.floorDiv(v.time() - START, 9 * HOUR)));
        FeatureSet features = groups.features();
        TrainerOptions four = Votes.options(4);
        Trainer restarting = new Trainer(features, four);
        List<CentroidSnapshot> published = new ArrayList<>();
        int next = 0;
        for (long now = START; now < START + groups.day() * DAY; now += 9 * HOUR) {
            while (next < shuffled.size() && shuffled.get(next).time() < now + 9 * HOUR) {
                restarting.onVote(shuffled.get(next++));
            }
            published.addAll(restarting.advanceTo(now + 9 * HOUR - 1));
            restarting =
                    Trainer.read(
                            features,
                            four,
                            new DataInputStream(new ByteArrayInputStream(write(restarting))));
        }
        published.addAll(restarting.advanceTo(START + groups.day() * DAY));

        TrainerTest.assertSameBytes(published, expected);
    }

    @Test
    void read_whileShadowsAndAlarmLast_goesOnExactlyAsTheOriginal() throws Exception {
        TrainerOptions watched = DriftingVotes.options(8, List.of(3, 9), 1);
        List<Vote> drifting = new ArrayList<>();
        DriftingVotes stream = new DriftingVotes(200, batch -> batch < 40 ? 0 : 1, 1);
        for (int batch = 0; batch < 60; batch++) {
            drifting.addAll(stream.batch(batch));
        }
        Trainer whole = new Trainer(DriftingVotes.SET, watched);
        drifting.forEach(whole::onVote);
        List<CentroidSnapshot> expected = whole.advanceTo(DriftingVotes.endOf(60));

        Trainer restarting = new Trainer(DriftingVotes.SET, watched);
        List<CentroidSnapshot> published = new ArrayList<>();
        for (int i = 0; i < drifting.size(); i++) {
            published.addAll(restarting.advanceTo(drifting.get(i).time() - 1));
            restarting.onVote(drifting.get(i));
            if (i % 333 == 0) {
                DataInputStream state =
                        new DataInputStream(new ByteArrayInputStream(write(restarting)));
                restarting = Trainer.read(DriftingVotes.SET, watched, state);
                assertThat(state.available()).isZero();
            }
        }
        published.addAll(restarting.advanceTo(DriftingVotes.endOf(60)));

        TrainerTest.assertSameBytes(published, expected);
        assertThat(whole.driftAlarms()).isEqualTo(1);
        assertThat(restarting.driftAlarms()).isEqualTo(1);
        assertThat(restarting.drifting()).isEqualTo(whole.drifting());
        assertThat(expected.get(expected.size() - 1).getShadows()).hasSize(2);
    }

    @Test
    void read_shadowsNoLongerWantedOrNew_dropsThemAndFitsTheOthersToVotesToCome() throws Exception {
        Trainer trainer = new Trainer(TWO, options);
        feed(trainer, START, START + 4 * DAY);
        trainer.advanceTo(START + 4 * DAY);
        assertThat(shadowKs(trainer)).containsExactly(2, 4);
        TrainerOptions changed = Votes.withShadows(options, 4, 5);

        Trainer other =
                Trainer.read(
                        TWO,
                        changed,
                        new DataInputStream(new ByteArrayInputStream(write(trainer))));
        feed(other, START + 4 * DAY, START + 6 * DAY);
        other.advanceTo(START + 4 * DAY + 6 * HOUR);
        assertThat(shadowKs(other)).containsExactly(4);
        other.advanceTo(START + 5 * DAY);
        byte[] underWay = write(other);
        other.advanceTo(START + 6 * DAY);
        assertThat(shadowKs(other)).containsExactly(4, 5);

        Trainer changedAgain =
                Trainer.read(
                        TWO,
                        Votes.withShadows(options, 4, 5, 6),
                        new DataInputStream(new ByteArrayInputStream(underWay)));
        changedAgain.advanceTo(START + 6 * DAY);
        assertThat(shadowKs(changedAgain)).containsExactly(4, 5, 6);
    }

    private static List<Integer> shadowKs(Trainer trainer) {
        return trainer.current().orElseThrow().getShadows().stream().map(Shadow::getK).toList();
    }

    /** Kept of a trainer of K = 2 that had been fed {@code Votes.around(THREE, TWO, 240, 8, 7)} for five days. */
    @Test
    void read_firstVersion_goesOnAsThatReleaseDid() throws Exception {
        Trainer trainer;
        try (InputStream kept = getClass().getResourceAsStream("trainer-v1.bin")) {
            trainer = Trainer.read(TWO, Votes.options(2), new DataInputStream(kept));
            assertThat(kept.available()).isZero();
        }
        assertThat(trainer.current().orElseThrow().getQuality().getDaviesBouldin()).isNull();
        long fed = START + 5 * DAY + 5 * HOUR + HOUR / 2;
        Votes.around(THREE, TWO, 240, 8, 7).stream()
                .filter(vote -> vote.time() > fed)
                .forEach(trainer::onVote);

        List<CentroidSnapshot> published = trainer.advanceTo(START + 8 * DAY);

        assertThat(published)
                .extracting(s -> s.getVersion() + " " + s.getModelId())
                .isEqualTo(lines("trainer-v1-then.txt"));
        assertThat(published.get(published.size() - 1).getShadows()).hasSize(1);
    }

    private List<String> lines(String resource) throws IOException {
        try (InputStream text = getClass().getResourceAsStream(resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void write_afterErasure_holdsNoByteOfTheUser() throws Exception {
        Trainer trainer = new Trainer(TWO, options);
        feed(trainer, START, START + 10 * HOUR);
        Vote marked = vote(TWO, 424_242, START + 3 * HOUR, 77.125, 3);
        trainer.onVote(marked);
        trainer.onVote(vote(TWO, 424_242, START + 9 * HOUR, 77.125, 3));
        trainer.advanceTo(START + 5 * HOUR);
        assertThat(contains(write(trainer), marked.userHash())).isTrue();

        trainer.onVote(Vote.erasure(marked.userHash(), START + 10 * HOUR));
        trainer.advanceTo(START + 10 * HOUR);

        byte[] state = write(trainer);
        assertThat(contains(state, marked.userHash())).isFalse();
        assertThat(contains(state, marked.priority())).isFalse();
        assertThat(contains(state, Double.doubleToLongBits(77.125))).isFalse();
    }

    private static boolean contains(byte[] state, long number) {
        for (int i = 0; i + 8 <= state.length; i++) {
            if (ByteBuffer.wrap(state, i, 8).getLong() == number) {
                return true;
            }
        }
        return false;
    }

    @Test
    void read_featureAdded_republishesWithTheNewOneInactiveThenLearnsIt() throws Exception {
        Trainer trainer = new Trainer(TWO, options);
        feed(trainer, START, START + 5 * DAY);
        trainer.advanceTo(START + 5 * DAY);
        CentroidSnapshot before = trainer.current().orElseThrow();
        FeatureSet three = Votes.features("new", "x", "y");

        Trainer carried = read(write(trainer), three);
        List<CentroidSnapshot> due = carried.advanceTo(START + 5 * DAY + 1);

        assertThat(due).hasSize(1);
        CentroidSnapshot republished = due.get(0);
        assertThat(republished.getVersion()).isEqualTo(before.getVersion() + 1);
        assertThat(republished.getFingerprint()).isEqualTo(three.fingerprint());
        assertThat(republished.getSigma().get(0)).isZero();
        assertThat(republished.getSigma().subList(1, 3)).isEqualTo(before.getSigma());
        for (int j = 0; j < 3; j++) {
            Centroid old = before.getCentroids().get(j);
            Centroid kept = republished.getCentroids().get(j);
            assertThat(kept.getSegmentId()).isEqualTo(old.getSegmentId());
            assertThat(kept.getLabel()).isEqualTo(old.getLabel());
            assertThat(kept.getVector().subList(1, 3)).isEqualTo(old.getVector());
            assertThat(kept.getProfile()).doesNotContainKey("new");
        }
        assertThat(carried.advanceTo(START + 5 * DAY + HOUR)).isEmpty();

        for (int user = 0; user < 1500; user++) {
            double[] at = THREE[user % 3];
            carried.onVote(
                    vote(three, user, START + 6 * DAY, 500 + 100 * (user % 3), at[0], at[1]));
        }
        CentroidSnapshot learnt = carried.advanceTo(START + 6 * DAY).get(0);
        assertThat(learnt.getRescaled()).isTrue();
        assertThat(learnt.getSigma().get(0)).isPositive();
        assertThat(learnt.getCentroids())
                .extracting(c -> c.getVector().get(0))
                .satisfiesExactlyInAnyOrder(
                        x -> assertThat(x).isCloseTo(500, within(1e-9)),
                        x -> assertThat(x).isCloseTo(600, within(1e-9)),
                        x -> assertThat(x).isCloseTo(700, within(1e-9)));
    }

    @Test
    void read_noFeatureInCommon_fitsAnewWithIdsNeverUsed() throws Exception {
        Trainer trainer = new Trainer(TWO, options);
        feed(trainer, START, START + 2 * DAY);
        trainer.advanceTo(START + 2 * DAY);
        CentroidSnapshot before = trainer.current().orElseThrow();
        FeatureSet others = Votes.features("a", "b");

        Trainer anew = read(write(trainer), others);
        List<Vote> otherVotes = Votes.around(THREE, others, 900, 4, 3);
        otherVotes.stream().filter(v -> v.time() > START + 2 * DAY).forEach(anew::onVote);
        CentroidSnapshot first = anew.advanceTo(START + 4 * DAY).get(0);

        assertThat(first.getVersion()).isEqualTo(before.getVersion() + 1);
        assertThat(first.getCentroids()).extracting(Centroid::getSegmentId).contains(4, 5, 6);
    }

    @Test
    void read_otherMeasureNameOrVersion_isRefused() throws Exception {
        byte[] state = write(new Trainer(TWO, options));
        TrainerOptions cosine =
                new TrainerOptions(
                        "test",
                        3,
                        "cosine",
                        options.voteInterval(),
                        options.batchInterval(),
                        options.snapshotInterval(),
                        options.halfLife(),
                        options.warmUp(),
                        options.activationDelay(),
                        1,
                        1,
                        1,
                        0.2,
                        1);
        assertThatThrownBy(
                        () ->
                                Trainer.read(
                                        TWO,
                                        cosine,
                                        new DataInputStream(new ByteArrayInputStream(state))))
                .hasMessageContaining("model.measure: 'cosine'");
        state[0] = 99;
        assertThatThrownBy(() -> read(state, TWO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
    }
}
