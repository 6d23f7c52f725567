// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoteSampleTest {
    private static final double[] VALUES = {0, 0};

    private static List<Vote> votes(int users) {
        List<Vote> votes = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            votes.add(vote(TWO, user, START + user, user, 0));
        }
        return votes;
    }

    @Test
    void add_moreThanCapacity_keepsTheLowestPrioritiesInOrder() {
        List<Vote> votes = votes(500);
        List<Vote> lowest =
                votes.stream().sorted(Comparator.comparingLong(Vote::priority)).limit(40).toList();
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(votes, new Random(round));
            VoteSample sample = new VoteSample(40);

            votes.forEach(sample::add);

            assertThat(sample.votes()).containsExactlyElementsOf(lowest);
            assertThat(sample.leftOut()).isEqualTo(460);
        }
    }

    @Test
    void add_sameUserAndInterval_keepsTheLatest() {
        Vote early = vote(TWO, 1, START + 1, 1, 0);
        Vote late = vote(TWO, 1, START + 2, 2, 0);
        VoteSample sample = new VoteSample(1);

        for (Vote vote : List.of(early, late, early)) {
            sample.add(vote);
        }
        assertThat(sample.votes()).containsExactly(late);

        sample.add(early);
        assertThat(sample.votes()).containsExactly(late);
        assertThat(sample.leftOut()).isZero();
    }

    /** Looked at now and then, as it fills up; against sorting all that came. */
    @Test
    void add_randomVotesSomeOfThemTwice_isTheLowestOfAll() {
        Random random = new Random(7);
        for (int capacity : new int[] {1, 2, 7, 40, 400}) {
            VoteSample sample = new VoteSample(capacity);
            TreeMap<Long, Vote> latest = new TreeMap<>();
            for (int step = 0; step < 1_000; step++) {
                Vote vote = vote(TWO, random.nextInt(200), START + random.nextInt(50), step, 0);
                sample.add(vote);
                latest.merge(vote.priority(), vote, (held, v) -> v.time() > held.time() ? v : held);
                while (latest.size() > capacity) {
                    latest.pollLastEntry();
                }
                if (random.nextInt(30) == 0) {
                    assertThat(sample.votes()).containsExactlyElementsOf(latest.values());
                }
            }
            assertThat(sample.votes()).containsExactlyElementsOf(latest.values());
        }
    }

    /** Hashes lie anywhere, those of a sample's lowest close to each other, and a few may be the same. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5, 1_000, 1L << 40, Long.MAX_VALUE, -1})
    void votes_ofPrioritiesFromAnyRange_areInTheirOrder(long range) {
        Random random = new Random(range);
        for (long least : new long[] {Long.MIN_VALUE, -range / 2, 0}) {
            List<Vote> votes = new ArrayList<>();
            for (int user = 0; user < 300; user++) {
                long priority =
                        range == -1
                                ? random.nextLong()
                                : least + (long) (range * random.nextDouble());
                votes.add(new Vote(false, user, START, 0, priority, TWO.fingerprint(), VALUES));
            }
            VoteSample sample = new VoteSample(1_000);
            votes.forEach(sample::add);

            assertThat(sample.votes())
                    .containsExactlyElementsOf(
                            votes.stream()
                                    .sorted(
                                            Comparator.comparingLong(Vote::priority)
                                                    .thenComparingLong(Vote::userHash))
                                    .toList());
        }
    }

    @Test
    void add_sameUserInAnotherInterval_isAnotherVote() {
        VoteSample sample = new VoteSample(10);
        sample.add(vote(TWO, 1, START, 1, 0));
        sample.add(vote(TWO, 1, START + DAY, 1, 0));

        assertThat(sample.size()).isEqualTo(2);
    }

    @Test
    void forget_usersAndTimes_leavesTheOthers() {
        VoteSample sample = new VoteSample(10);
        List<Vote> votes = votes(5);
        votes.forEach(sample::add);

        long spared = votes.get(3).time() - 1;
        sample.forget(
                Map.of(
                        votes.get(2).userHash(),
                        votes.get(2).time(),
                        votes.get(3).userHash(),
                        spared));

        assertThat(sample.votes()).hasSize(4).doesNotContain(votes.get(2));
    }
}
