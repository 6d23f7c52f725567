// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.CacheOptions;
import java.time.Duration;

/** Caches that tests give the operators. */
final class Caches {
    static final CacheOptions NONE = of(0);

    /** Holds the user at hand only: each other user's turn drops it. */
    static final CacheOptions ONE_USER = of(1);

    /** Of a few users. */
    static final CacheOptions SMALL = of(8_000);

    /** Drops nobody. */
    static final CacheOptions LARGE = of(1 << 30);

    private Caches() {}

    private static CacheOptions of(long bytes) {
        return new CacheOptions(bytes, 0, Duration.ofSeconds(10));
    }
}
