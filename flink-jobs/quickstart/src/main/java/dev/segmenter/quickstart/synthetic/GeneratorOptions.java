// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import java.time.Instant;

/**
 * What makes one synthetic stream; equal options give equal streams.
 *
 * @param users how many, at least 1
 * @param seed of all randomness
 * @param start event time at which the users begin
 * @param drift share of the users that take up another persona within 30 days, 0 to 1
 */
public record GeneratorOptions(
        int users, long seed, Instant start, double drift, Disturbances disturbances) {

    public GeneratorOptions {
        if (users < 1) {
            throw new IllegalArgumentException("users: '" + users + "' is too few; use 1 or more");
        }
        if (!(drift >= 0 && drift <= 1)) {
            throw new IllegalArgumentException(
                    "drift: '" + drift + "' is no share; use a number from 0 to 1");
        }
    }

    /** Users that stay what they are and a stream without faults. */
    public static GeneratorOptions clean(int users, long seed, Instant start) {
        return new GeneratorOptions(users, seed, start, 0, Disturbances.NONE);
    }
}
