// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void of_movesOfThreeHours_countsMembersAtTheEndOfEach() {
        MoveCounts moves = new MoveCounts();
        moves.add(hour(0).plusSeconds(1), new Move(Move.NOWHERE, 1, Cause.FIRST));
        moves.add(hour(0).plusSeconds(2), new Move(Move.NOWHERE, 1, Cause.FIRST));
        moves.add(hour(1), new Move(1, 2, Cause.BEHAVIOUR));
        moves.add(hour(3), new Move(2, Move.NOWHERE, Cause.EXPIRY));

        Sizes sizes = Sizes.of(moves, Map.of(1, 1L), hour(3).plusSeconds(5).toEpochMilli());

        assertThat(sizes.times())
                .containsExactly(
                        START.toEpochMilli(),
                        hour(1).toEpochMilli(),
                        hour(2).toEpochMilli(),
                        hour(3).toEpochMilli(),
                        hour(3).plusSeconds(5).toEpochMilli());
        assertThat(sizes.users().get(1)).containsExactly(0, 2, 1, 1, 1);
        assertThat(sizes.users().get(2)).containsExactly(0, 0, 1, 1, 0);
        assertThat(sizes.usersBefore(2, Duration.ofHours(1))).isEqualTo(1);
        assertThat(sizes.usersBefore(2, Duration.ofDays(9))).isZero();
    }

    @Test
    void of_backfillWithoutChanges_knowsWhoWasThereBefore() {
        MoveCounts moves = new MoveCounts();
        moves.add(START, new Move(1, 2, Cause.BEHAVIOUR));

        Sizes sizes = Sizes.of(moves, Map.of(1, 40L, 2, 10L), hour(1).toEpochMilli());

        assertThat(sizes.users().get(1)).containsExactly(41, 40);
        assertThat(sizes.users().get(2)).containsExactly(9, 10);
    }

    @Test
    void of_randomWalks_agreesWithCountingForward() {
        Random random = new Random(11);
        MoveCounts moves = new MoveCounts();
        Map<Integer, Integer> segmentOf = new HashMap<>();
        long[][] expected = new long[4][];
        for (int id = 1; id <= 3; id++) {
            expected[id] = new long[101];
        }
        for (int hour = 0; hour < 100; hour++) {
            for (int i = 0; i < 7; i++) {
                int user = random.nextInt(40);
                int to = random.nextInt(4);
                int from = segmentOf.getOrDefault(user, Move.NOWHERE);
                if (from != to) {
                    moves.add(hour(hour), new Move(from, to, Cause.BEHAVIOUR));
                    segmentOf.put(user, to);
                }
            }
            for (int id = 1; id <= 3; id++) {
                int segment = id;
                expected[id][hour + 1] =
                        segmentOf.values().stream().filter(s -> s == segment).count();
            }
        }
        Map<Integer, Long> members = new HashMap<>();
        segmentOf.values().stream()
                .filter(id -> id != Move.NOWHERE)
                .forEach(id -> members.merge(id, 1L, Long::sum));

        Sizes sizes = Sizes.of(moves, members, hour(100).toEpochMilli());

        for (int id = 1; id <= 3; id++) {
            assertThat(sizes.users().get(id)).containsExactly(expected[id]);
        }
    }

    @Test
    void of_noMoves_isEmpty() {
        Sizes sizes = Sizes.of(new MoveCounts(), Map.of(1, 3L), 0);

        assertThat(sizes.times()).isEmpty();
        assertThat(sizes.usersBefore(1, Duration.ofDays(1))).isZero();
    }
}
