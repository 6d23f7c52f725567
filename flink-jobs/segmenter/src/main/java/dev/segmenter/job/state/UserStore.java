// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** Where a cache keeps its users: their values, and one timer each. */
interface UserStore<T> {
    /** The user's value, or null; not held on to by the store. */
    Timed<T> get(String userId) throws IOException;

    /** Keeps a value given in its stored form, a part of an array that is not held on to. */
    void putPacked(String userId, byte[] bytes, int start, int length) throws IOException;

    void remove(String userId) throws IOException;

    /** Registers a timer in place of the one that there is; ms, {@link Timed#NONE}: none. */
    void moveTimer(String userId, long from, long to);

    /** Of users whose id has this hash; users of a lower one come first in the store. */
    int keyGroup(int idHash);

    /** Key groups are numbered from 0, those of other subtasks included. */
    int keyGroups();
}
