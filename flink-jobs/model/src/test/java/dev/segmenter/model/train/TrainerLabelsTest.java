// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerLabelsTest {
    private static final FeatureSet ONE = Votes.features("x");
    private static final int USERS = 600;
    private static final int STEADY_DAYS = 6;
    private static final int DAYS = 60;

    /** Two halves 20 apart move up together by 30, within a frame that never changes. */
    @Test
    void label_whileThePopulationMoves_tellsWhereASegmentStandsInIt() {
        List<CentroidSnapshot> snapshots = new ArrayList<>();
        Trainer trainer = new Trainer(ONE, options());
        for (int day = 0; day < DAYS; day++) {
            for (int user = 0; user < USERS; user++) {
                double rise = 30.0 * Math.max(0, day - STEADY_DAYS) / (DAYS - STEADY_DAYS);
                double value = rise + 20 * (user % 2);
                long time = Votes.START + day * Votes.DAY + 1 + user * (Votes.DAY / USERS);
                trainer.onVote(Votes.vote(ONE, user, time, value));
            }
            snapshots.addAll(trainer.advanceTo(Votes.START + (day + 1) * Votes.DAY));
        }

        CentroidSnapshot last = snapshots.get(snapshots.size() - 1);
        List<Centroid> byPosition = new ArrayList<>(last.getCentroids());
        byPosition.sort(Comparator.comparing(centroid -> centroid.getVector().get(0)));
        double meanOfTheFrame = last.getMean().get(0);
        assertThat(byPosition.get(0).getVector().get(0)).isGreaterThan(meanOfTheFrame);
        assertThat(byPosition).extracting(Centroid::getLabel).containsExactly("low x", "high x");
    }

    private static TrainerOptions options() {
        TrainerOptions two = Votes.options(2);
        return new TrainerOptions(
                two.modelName(),
                two.k(),
                two.measure(),
                two.voteInterval(),
                Duration.ofHours(4),
                Duration.ofHours(8),
                Duration.ofDays(4),
                two.warmUp(),
                two.activationDelay(),
                two.reservoirCapacity(),
                two.maxVotes(),
                two.restarts(),
                100,
                two.seed());
    }
}
