// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vote far outside of everything: what it can do is arithmetic of its winsorised share. */
class AbsurdVotesTest {
    private static final double[][] CENTRES = {{0, 0}, {10, 0}};
    private static final int K = CENTRES.length;
    private static final double SPAN = 0.01;

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e6, 1e12, 1e20, -1e20})
    void train_oneAbsurdVote_movesACentroidByItsWinsorisedShare(double absurd) {
        OnlineKMeans model = fitted();
        Frame frame = model.frame();
        double[] before = model.vector(1);
        double weight = model.weight(1);
        List<Vote> batch = List.of(vote(TWO, 1, START, 10, 0), vote(TWO, 2, START, 10, absurd));

        double decay = model.train(batch, Forgetting.usual(SPAN, K)).decay();

        double cut =
                frame.mean()[1]
                        + Math.signum(absurd) * CentroidModel.WINSOR_SIGMAS * frame.sigma()[1];
        double known = decay * weight;
        assertThat(model.vector(1)[1])
                .isCloseTo((known * before[1] + 0 + cut) / (known + 2), within(1e-9));
        assertThat(model.vector(1)[0])
                .isCloseTo((known * before[0] + 10 + 10) / (known + 2), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e12, 1e100})
    void train_oneAbsurdVote_widensTheFrameByABoundedShare(double absurd) {
        OnlineKMeans model = fitted();
        double sigma = model.frame().sigma()[1];
        double weight = model.weight(0) + model.weight(1);

        model.train(List.of(vote(TWO, 1, START, 10, absurd)), Forgetting.usual(SPAN, K));

        // The variance gains at most the square of the frame's edge, with the share of one vote.
        double share = 1 / (0.99 * weight + 1);
        double reach = CentroidModel.WINSOR_SIGMAS * sigma;
        assertThat(model.populationFrame(0).sigma()[1])
                .isBetween(sigma, Math.sqrt(sigma * sigma + share * reach * reach) + 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e6, 1e12, 1e20})
    void fit_oneAbsurdVoteInTheReservoir_framesAndSeparatesTheOthersAllTheSame(double absurd) {
        List<Vote> votes = votes();
        Frame clean = fit(votes).frame();
        votes.add(vote(TWO, 99_999, START, 10, absurd));

        OnlineKMeans model = fit(votes);

        assertThat(model.frame().sigma()[0]).isCloseTo(clean.sigma()[0], within(0.1));
        // With the reach r, sigma'^2 = sigma^2 + (r sigma')^2 / n.
        assertThat(model.frame().sigma()[1] / clean.sigma()[1])
                .isCloseTo(1 / Math.sqrt(1 - 64.0 / votes.size()), within(0.02));
        assertThat(List.of(model.vector(0)[0], model.vector(1)[0]))
                .anySatisfy(x -> assertThat(x).isCloseTo(0, within(0.2)))
                .anySatisfy(x -> assertThat(x).isCloseTo(10, within(0.2)));
    }

    @Test
    void fit_oneVoteInAHundredAbsurd_givesThemNoCentroid() {
        double absurd = 1e6;
        List<Vote> votes = votes();
        for (int user = 0; user < 20; user++) {
            votes.add(vote(TWO, 50_000 + user, START + user, 10, absurd));
        }

        OnlineKMeans model =
                ModelFit.fit(votes, TWO, Votes.options(K + 1), new Random(1)).orElseThrow();

        for (int j = 0; j < model.size(); j++) {
            assertThat(model.vector(j)[1]).isLessThan(absurd / 5);
        }
    }

    @Test
    void trainer_votesThatAreNoNumbers_areRefusedAndCounted() {
        Trainer trainer = new Trainer(TWO, Votes.options(K));
        votes().forEach(trainer::onVote);
        for (double value :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            trainer.onVote(vote(TWO, 7, START + 1, value, 0));
        }

        List<CentroidSnapshot> snapshots = trainer.advanceTo(START + 5 * DAY);

        assertThat(trainer.refusedVotes()).isEqualTo(3);
        assertThat(snapshots).isNotEmpty();
        assertThat(snapshots.get(0).getQuality().getVotes()).isLessThanOrEqualTo(votes().size());
    }

    private static OnlineKMeans fitted() {
        return fit(votes());
    }

    private static OnlineKMeans fit(List<Vote> votes) {
        return ModelFit.fit(votes, TWO, Votes.options(K), new Random(1)).orElseThrow();
    }

    private static List<Vote> votes() {
        return new ArrayList<>(Votes.around(CENTRES, TWO, 1_000, 2, 3));
    }
}
