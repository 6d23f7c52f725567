// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.assign.UserSegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedTimersTest {
    private static final int USERS = 10;

    private final CachedUsers users = new CachedUsers();
    private final DecodedValues<UserSegment> decoded = new DecodedValues<>();
    private final CachedTimers<UserSegment> timers =
            new CachedTimers<>(users, decoded, new GroupPrefetch<>(users, decoded));
    private final List<String> fired = new ArrayList<>();

    CachedTimersTest() {
        for (int i = 0; i < USERS; i++) {
            int slot = decoded.take();
            decoded.set(slot, new Timed<>(null, Timed.NONE));
            users.setSlot(users.add("u" + i), slot);
        }
    }

    @Test
    void soonerTimersThatComeAndGo_beforeOneFarAway_doNotPileUp() throws Exception {
        long far = 1_000_000;
        for (int i = 0; i < USERS; i++) {
            set("u" + i, far);
        }
        for (long now = 0; now < 1_000; now++) {
            for (int i = 0; i < USERS; i++) {
                set("u" + i, now);
            }
            timers.fireUpTo(now, (userId, time) -> set(userId, far));
            assertThat(timers.size()).isLessThanOrEqualTo(2 * USERS);
        }

        assertThat(fireUpTo(far - 1)).isEmpty();
        assertThat(fireUpTo(far))
                .containsExactlyInAnyOrder(
                        "u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9");
    }

    @Test
    void timerThatTheStoreHas_isNotFiredHere() throws Exception {
        set("u1", 5);
        set("u2", 5);
        users.setRegistered(users.find("u1"), 5);

        assertThat(fireUpTo(9)).containsExactly("u2");
        assertThat(timers.isFiring()).isFalse();
    }

    private void set(String userId, long time) {
        int place = users.find(userId);
        decoded.at(users.slot(place)).setTimer(time);
        timers.schedule(place);
    }

    /** As the operators do it: a user that was fired has no timer any more. */
    private List<String> fireUpTo(long now) throws Exception {
        fired.clear();
        timers.fireUpTo(
                now,
                (userId, time) -> {
                    assertThat(timers.isFiring()).isTrue();
                    fired.add(userId);
                    set(userId, Timed.NONE);
                });
        return fired;
    }
}
