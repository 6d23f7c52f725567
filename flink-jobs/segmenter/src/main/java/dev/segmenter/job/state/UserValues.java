// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** One value a user. What was changed must be put back before another user is asked for. */
public interface UserValues<T> {
    /** How many users' values are best asked for one after the other, announced before; 1 if it does not matter. */
    default int groupSize() {
        return 1;
    }

    /** Announces the first so many of these users, at most a group: what is held of them is fetched from memory. */
    default void announce(String[] userIds, int count) {}

    /** The user's value, or null. */
    Timed<T> get(String userId) throws IOException;

    /** Keeps a value, new or changed. */
    void put(String userId, Timed<T> value) throws IOException;

    void remove(String userId) throws IOException;

    /** Brings everything into the state that a snapshot holds. */
    void flush() throws IOException;
}
