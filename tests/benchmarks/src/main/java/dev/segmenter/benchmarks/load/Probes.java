// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * When each probe was meant to be sent. A probe is the first event of a user of its own, which gives
 * that user its first segment at once: its latency is that of its change.
 */
final class Probes {
    private static final String PREFIX = "probe-";

    private long[] intended = new long[1024];
    private volatile int count;

    /** Notes the next probe's intended time, ns; returns its user id. */
    byte[] next(long nanos) {
        synchronized (this) {
            if (count == intended.length) {
                intended = Arrays.copyOf(intended, 2 * count);
            }
            intended[count] = nanos;
            return (PREFIX + count++).getBytes(StandardCharsets.UTF_8);
        }
    }

    int count() {
        return count;
    }

    /** Number of the probe whose user has this id, -1 if it is no probe. */
    static int numberOf(byte[] userId) {
        String text = new String(userId, StandardCharsets.UTF_8);
        return text.startsWith(PREFIX) ? Integer.parseInt(text.substring(PREFIX.length())) : -1;
    }

    /** When it was meant to be sent, ns. */
    long intended(int number) {
        synchronized (this) {
            return intended[number];
        }
    }
}
