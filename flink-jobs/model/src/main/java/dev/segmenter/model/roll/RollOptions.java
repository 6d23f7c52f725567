// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.Serializable;
import java.time.Duration;

/**
 * How users' events are rolled into features; refuses what cannot be, naming key, value and remedy.
 *
 * @param dedup an event id repeated within this event time of its first use counts once
 * @param dedupCapacity recent event ids kept beside the panes, more go to {@link OverflowIds}
 * @param sessionGap silence after which the next event begins a session
 * @param exitAfter silence after which the user leaves and all of its state is gone
 * @param voteInterval each live user votes once in it
 * @param quotaPerMinute events of one user in one minute of event time, more are not counted
 * @param distinctCapacity distinct items counted exactly, more by a sample of this size
 * @param maxSession a session that has lasted this long ends without a gap
 */
public record RollOptions(
        Duration dedup,
        int dedupCapacity,
        Duration sessionGap,
        Duration exitAfter,
        Duration voteInterval,
        int quotaPerMinute,
        int distinctCapacity,
        Duration maxSession)
        implements Serializable {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public RollOptions {
        requireSpan("users.dedup", dedup);
        requireAtLeast("users.dedup-capacity", dedupCapacity, 1);
        requireSpan("users.session-gap", sessionGap);
        requireSpan("users.exit-after", exitAfter);
        requireSpan("model.vote-interval", voteInterval);
        requireAtLeast("users.quota-per-minute", quotaPerMinute, 1);
        requireAtLeast("users.distinct-capacity", distinctCapacity, 16);
        requireSpan("users.max-session", maxSession);
        if (maxSession.compareTo(sessionGap) < 0) {
            throw new IllegalArgumentException(
                    "users.max-session: '"
                            + maxSession
                            + "' is shorter than users.session-gap '"
                            + sessionGap
                            + "'; give at least the gap");
        }
    }

    /** The documented defaults. */
    public static RollOptions defaults() {
        return new RollOptions(
                Duration.ofHours(1),
                64,
                Duration.ofMinutes(30),
                Duration.ofDays(90),
                Duration.ofDays(1),
                600,
                256,
                Duration.ofHours(24));
    }

    private static void requireSpan(String key, Duration value) {
        if (value == null
                || value.compareTo(Duration.ofSeconds(1)) < 0
                || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    key + ": '" + value + "' is not possible; give from 1 s to 36500 d");
        }
    }

    private static void requireAtLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    key + ": '" + value + "' is not possible; give at least " + least);
        }
    }
}
