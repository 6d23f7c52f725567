// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** A user in the cache, with its place in one of the orders. */
final class CachedUser<T> {
    final String userId;

    /** Null: the user is known to have none. */
    Timed<T> value;

    boolean unwritten;

    /** As last weighed. */
    int bytes;

    /** Since it was last looked at. */
    boolean used;

    /** Number of its entry into the order it is in. */
    long entered;

    CachedUser<T> older;
    CachedUser<T> newer;

    CachedUser(String userId, Timed<T> value) {
        this.userId = userId;
        this.value = value;
    }
}
