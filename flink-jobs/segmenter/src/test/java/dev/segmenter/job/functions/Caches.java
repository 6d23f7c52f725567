// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.CacheOptions;
import java.time.Duration;

/** Caches that tests give the operators. */
final class Caches {
    static final CacheOptions NONE = of(0, 0);

    /** Holds the user at hand only: each other user's turn drops it. */
    static final CacheOptions ONE_USER = of(1, 0);

    /** Of a few users, of whom checkpoints carry fewer. */
    static final CacheOptions SMALL = of(8_000, 1_000);

    /** Drops nobody, but has changed users written soon. */
    static final CacheOptions LARGE_WRITTEN = of(1 << 30, 0);

    /** Drops and writes nobody: checkpoints carry all. */
    static final CacheOptions LARGE = of(1 << 30, 1 << 30);

    private Caches() {}

    private static CacheOptions of(long bytes, long carried) {
        return new CacheOptions(
                bytes, 0, carried, Duration.ofSeconds(10), Duration.ofMillis(500), 0);
    }
}
