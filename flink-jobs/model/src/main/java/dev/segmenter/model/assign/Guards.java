// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import java.io.Serializable;
import java.time.Duration;

/**
 * What holds a user back from flapping between two segments.
 *
 * @param margin least 1 - distance to the new / distance to the current centroid, in [0, 1)
 * @param stay how long the current segment must have been held, event time
 * @param confirmation how long the candidate must have been the nearest, event time; the first
 *     segment of a life waits for it too
 */
public record Guards(double margin, Duration stay, Duration confirmation) implements Serializable {
    /** Three tenths nearer, two days held, confirmed for six hours (docs/decisions/0007). */
    public static final Guards DEFAULTS = new Guards(0.30, Duration.ofDays(2), Duration.ofHours(6));

    /** Every nearer segment is entered at once. */
    public static final Guards OFF = new Guards(0, Duration.ZERO, Duration.ZERO);

    public Guards {
        require(margin >= 0 && margin < 1, "margin", margin, "use a share from 0 up to below 1");
        require(!stay.isNegative(), "stay", stay, "use 0 or a duration such as 2d");
        require(!confirmation.isNegative(), "confirmation", confirmation, "use 0 or a duration");
        require(
                stay.isZero() || confirmation.compareTo(stay) <= 0,
                "confirmation",
                confirmation,
                "use at most guards.stay, which is " + stay);
    }

    private static void require(boolean holds, String key, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "guards." + key + ": '" + value + "' is not possible; " + remedy);
        }
    }
}
