// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.time.Instant;
import java.util.List;

/** Moves written down in a line; times are hours since {@link PlaneUsers#START}. */
final class Moves {
    private Moves() {}

    static Move move(String user, int life, double hour, int from, int to) {
        return move(user, life, hour, from, to, Cause.BEHAVIOUR, List.of());
    }

    static Move move(
            String user,
            int life,
            double hour,
            int from,
            int to,
            Cause cause,
            List<Contribution> contributions) {
        long time = PlaneUsers.START + (long) (hour * PlaneUsers.HOUR);
        return Move.of(
                        SegmentChange.newBuilder()
                                .setChangeId(user + '/' + life + '/' + time)
                                .setUserId(user)
                                .setIncarnation(Instant.ofEpochMilli(life))
                                .setSequence(1)
                                .setEventTime(Instant.ofEpochMilli(time))
                                .setPreviousSegmentId(from)
                                .setPreviousSegmentLabel("s" + from)
                                .setSegmentId(to)
                                .setSegmentLabel("s" + to)
                                .setCause(cause)
                                .setContributions(contributions)
                                .build())
                .orElseThrow();
    }
}
