// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/** When in a day people shop: hardly at night, most of all in the evening. */
final class DayRhythm {
    private static final int[] WEIGHT_BY_HOUR = {
        3, 2, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 13, 12, 11, 11, 12, 14, 17, 20, 22, 20, 14, 7
    };
    private static final int TOTAL = Arrays.stream(WEIGHT_BY_HOUR).sum();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private DayRhythm() {}

    /** Milliseconds since midnight. */
    static long draw(SplittableRandom random) {
        int rest = random.nextInt(TOTAL);
        int hour = 0;
        while (rest >= WEIGHT_BY_HOUR[hour]) {
            rest -= WEIGHT_BY_HOUR[hour++];
        }
        return hour * HOUR + random.nextLong(HOUR);
    }
}
