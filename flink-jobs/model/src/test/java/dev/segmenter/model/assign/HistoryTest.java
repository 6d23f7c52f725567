// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.assign.History.Kept;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random histories reach what the properties are about; otherwise those would hold for nothing. */
class HistoryTest {
    private static final int HISTORIES = 2_000;

    @Test
    void histories_reachEveryCause_deadSegmentsAndGuardEnds() {
        Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
        int fromDead = 0;
        int atGuardEnds = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = History.random(seed, Kept.NOTHING);
            for (SegmentChange change : Playback.caughtUp(history).changes) {
                causes.merge(change.getCause(), 1, Integer::sum);
                fromDead += isFromDead(change) ? 1 : 0;
                atGuardEnds += isBetweenUpdates(change, history) ? 1 : 0;
            }
        }
        assertThat(causes).containsOnlyKeys(Cause.values());
        assertThat(causes.values()).allSatisfy(count -> assertThat(count).isGreaterThan(200));
        assertThat(fromDead).isGreaterThan(200);
        assertThat(atGuardEnds).isGreaterThan(200);
    }

    private static boolean isFromDead(SegmentChange change) {
        return change.getPreviousSegmentId() != null
                && change.getSegmentId() != null
                && change.getPreviousDistanceSquared() == null;
    }

    private static boolean isBetweenUpdates(SegmentChange change, History history) {
        long time = change.getEventTime().toEpochMilli();
        return history.updates().stream().mapToLong(UserUpdate::time).noneMatch(t -> t == time);
    }
}
