// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** One value a user. What was changed must be put back before another user is asked for. */
public interface UserValues<T> {
    /** The user's value, or null. */
    Timed<T> get(String userId) throws IOException;

    /** Keeps a value, new or changed. */
    void put(String userId, Timed<T> value) throws IOException;

    void remove(String userId) throws IOException;

    /** Brings everything into the state that a snapshot holds. */
    void flush() throws IOException;
}
