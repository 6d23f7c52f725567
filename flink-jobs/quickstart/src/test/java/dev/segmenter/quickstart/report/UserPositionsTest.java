// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.CLUSTERED;
import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.change;
import static dev.segmenter.quickstart.report.Records.hour;
import static dev.segmenter.quickstart.report.Records.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.report.UserPositions.Position;
import dev.segmenter.schemas.Cause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserPositionsTest {
    @Test
    void positions_severalMoves_areTheValuesOfTheLastOne() {
        UserPositions positions = new UserPositions(10);
        positions.member("ann", 3);
        positions.change(move("ann", START, 1, 2, 0.2));
        positions.change(move("ann", hour(1), 2, 3, 0.7));

        Position ann = positions.positions(CLUSTERED, 10).get(0);

        assertThat(ann.segmentId()).isEqualTo(3);
        assertThat(ann.values()).containsOnly(0.7).hasSize(CLUSTERED.size());
    }

    @Test
    void positions_leftAndCameBackOrNeverMoved_areUnknown() {
        UserPositions positions = new UserPositions(10);
        List.of("ann", "bob").forEach(user -> positions.member(user, 1));
        positions.change(move("ann", START, 2, 1, 0.2));
        positions.change(change("ann", hour(1), 1, 0, Cause.EXPIRY, 0));
        positions.change(change("ann", hour(2), 0, 1, Cause.FIRST, 0));
        positions.change(change("bob", hour(2), 0, 1, Cause.FIRST, 0));

        assertThat(positions.positions(CLUSTERED, 10)).isEmpty();
    }

    @Test
    void positions_moreMembersThanCapacity_areTheSameSampleInAnyOrder() {
        List<String> users = IntStream.range(0, 200).mapToObj(i -> "user " + i).toList();

        List<Double> forward = sample(users);
        List<Double> backward = sample(users.stream().sorted((a, b) -> b.compareTo(a)).toList());

        assertThat(forward).hasSize(20).isEqualTo(backward);
    }

    private static List<Double> sample(List<String> users) {
        UserPositions positions = new UserPositions(20);
        users.forEach(user -> positions.member(user, 1));
        users.forEach(user -> positions.change(move(user, START, 2, 1, user.hashCode())));
        return positions.positions(CLUSTERED, 100).stream().map(p -> p.values()[0]).toList();
    }
}
