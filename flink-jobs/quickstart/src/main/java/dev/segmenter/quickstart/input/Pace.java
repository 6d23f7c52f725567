// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.input;

/**
 * When event times are due: {@code speed} times faster than the wall clock until they meet it, then with
 * it, since an event from the future would be invalid.
 *
 * @param eventStart event time, ms, that is due at {@code wallStart}
 * @param wallStart wall-clock time, ms
 * @param speed at least 1
 */
public record Pace(long eventStart, long wallStart, double speed) {
    public Pace {
        if (!(speed >= 1) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException(
                    "speed: '" + speed + "' cannot be used for synthetic users; use 1 or more");
        }
    }

    /** Wall-clock time, ms, at which an event time is due. */
    public long dueAt(long eventTime) {
        long hurried = wallStart + (long) ((eventTime - eventStart) / speed);
        return Math.max(hurried, eventTime);
    }
}
