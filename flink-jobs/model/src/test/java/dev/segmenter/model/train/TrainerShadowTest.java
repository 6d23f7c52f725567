// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.HOUR;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import dev.segmenter.schemas.Shadow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerShadowTest {
    private static final double[][] FOUR = {{0, 0}, {12, 0}, {0, 12}, {12, 12}};

    private final List<Vote> votes = Votes.around(FOUR, TWO, 960, 8, 3);

    private static TrainerOptions options(int k, Integer... shadowKs) {
        return Votes.withShadows(Votes.options(k), shadowKs);
    }

    private List<CentroidSnapshot> run(Trainer trainer) {
        votes.forEach(trainer::onVote);
        return trainer.advanceTo(START + 8 * DAY);
    }

    @Test
    void shadows_everyK_areNearBatchForTheirK() {
        List<CentroidSnapshot> published = run(new Trainer(TWO, options(4, 2, 3, 5, 6)));

        CentroidSnapshot last = published.get(published.size() - 1);
        assertThat(last.getShadows()).extracting(Shadow::getK).containsExactly(2, 3, 5, 6);
        for (Shadow shadow : last.getShadows()) {
            double batch = batchInertia(shadow.getK(), last);
            assertThat(shadow.getInertiaPerVote()).isCloseTo(batch, within(0.1 * batch));
            assertThat(shadow.getVotes()).isEqualTo(last.getQuality().getVotes());
        }
    }

    /** Inertia per vote of batch k-means on all votes since the windows were full, in the snapshot's frame. */
    private double batchInertia(int k, CentroidSnapshot snapshot) {
        double[] points =
                votes.stream()
                        .filter(vote -> vote.time() > START + 4 * DAY)
                        .flatMapToDouble(
                                vote ->
                                        IntStream.range(0, 2)
                                                .mapToDouble(
                                                        i ->
                                                                vote.values()[i]
                                                                        / snapshot.getSigma()
                                                                                .get(i)))
                        .toArray();
        double[] rows = new KMeans(points, 2, false).fit(k, 20, new Random(1));
        double inertia = 0;
        for (int i = 0; i < points.length; i += 2) {
            int nearest = Distances.nearest(points, i, rows, k, 2);
            inertia += Distances.squared(points, i, rows, nearest * 2, 2);
        }
        return inertia / (points.length / 2);
    }

    @Test
    void figures_wrongK_showThatTheShadowFitsBetter() {
        List<CentroidSnapshot> published = run(new Trainer(TWO, options(3, 4)));

        CentroidSnapshot last = published.get(published.size() - 1);
        Shadow right = last.getShadows().get(0);
        Quality wrong = last.getQuality();
        assertThat(right.getInertiaPerVote()).isLessThan(0.5 * wrong.getInertiaPerVote());
        assertThat(right.getSilhouette()).isGreaterThan(wrong.getSilhouette() + 0.1);
        assertThat(right.getDaviesBouldin()).isLessThan(wrong.getDaviesBouldin());
    }

    @Test
    void shadows_onOrOff_leaveTheModelAsItIs() {
        List<CentroidSnapshot> with = run(new Trainer(TWO, options(3, 2, 4)));
        List<CentroidSnapshot> without = run(new Trainer(TWO, options(3)));

        assertThat(without).hasSameSizeAs(with).allMatch(s -> s.getShadows().isEmpty());
        with.forEach(snapshot -> snapshot.setShadows(List.of()));
        assertThat(with).isEqualTo(without);
    }

    @Test
    void shadows_givenModel_areFittedOnceVotesHaveCome() {
        Trainer first = new Trainer(TWO, options(4));
        run(first);
        Trainer second = new Trainer(TWO, options(4, 3, 5));
        second.startFrom(first.current().orElseThrow());

        List<CentroidSnapshot> published = run(second);

        assertThat(published.get(0).getShadows()).isEmpty();
        CentroidSnapshot last = published.get(published.size() - 1);
        assertThat(last.getShadows()).extracting(Shadow::getK).containsExactly(3, 5);
        assertThat(last.getShadows().get(1).getInertiaPerVote())
                .isLessThan(last.getShadows().get(0).getInertiaPerVote());
    }

    /** Fits under way are in the state, and the frame and the votes that they are of. */
    @Test
    void shadows_givenModel_restoredAfterEachBatch_areTheSame() throws Exception {
        Trainer first = new Trainer(TWO, options(4));
        run(first);
        TrainerOptions options = options(4, 3, 5);
        Trainer through = new Trainer(TWO, options);
        Trainer restored = new Trainer(TWO, options);
        through.startFrom(first.current().orElseThrow());
        restored.startFrom(first.current().orElseThrow());
        votes.forEach(through::onVote);
        votes.forEach(restored::onVote);

        List<CentroidSnapshot> expected = new ArrayList<>();
        List<CentroidSnapshot> actual = new ArrayList<>();
        for (long time = START; time <= START + 8 * DAY; time += HOUR) {
            expected.addAll(through.advanceTo(time));
            actual.addAll(restored.advanceTo(time));
            restored =
                    Trainer.read(
                            TWO,
                            options,
                            new DataInputStream(new ByteArrayInputStream(bytes(restored))));
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(actual.get(actual.size() - 1).getShadows()).hasSize(2);
    }

    /** One start of each a batch, so that no batch takes as long as all of them. */
    @Test
    void shadows_givenModel_haveFiguresOnceAllStartsAreDone() {
        Trainer first = new Trainer(TWO, options(4));
        run(first);
        TrainerOptions options = options(4, 3, 5);
        Trainer second = new Trainer(TWO, options);
        second.startFrom(first.current().orElseThrow());
        votes.forEach(second::onVote);

        long enough = 0;
        for (long time = START; second.current().orElseThrow().getShadows().isEmpty(); ) {
            time += HOUR;
            second.advanceTo(time);
            if (enough == 0 && second.votes() > 0 && seenBy(time) >= options.leastFitVotes()) {
                enough = second.batches();
            }
        }

        assertThat(second.batches() - enough)
                .isBetween(options.restarts() - 1L, options.restarts() + 6L);
    }

    private long seenBy(long time) {
        return votes.stream().filter(vote -> vote.time() <= time).count();
    }

    @Test
    void shadows_erasure_leavesNoTraceOfVotesCollectedForThem() throws Exception {
        Trainer first = new Trainer(TWO, options(4));
        run(first);
        Trainer second = new Trainer(TWO, options(4, 5));
        second.startFrom(first.current().orElseThrow());
        Vote marked = Votes.vote(TWO, 424_242, START + HOUR, 77.125, 3);
        second.onVote(marked);
        second.advanceTo(START + 2 * HOUR);
        assertThat(state(second)).contains(hex(marked.userHash()));

        second.onVote(Vote.erasure(marked.userHash(), START + 3 * HOUR));
        second.onVote(Votes.vote(TWO, 1, START + 3 * HOUR, 0, 0));
        second.advanceTo(START + 3 * HOUR);

        assertThat(state(second)).doesNotContain(hex(marked.userHash()));
    }

    private static String state(Trainer trainer) throws Exception {
        return HexFormat.of().formatHex(bytes(trainer));
    }

    private static byte[] bytes(Trainer trainer) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
