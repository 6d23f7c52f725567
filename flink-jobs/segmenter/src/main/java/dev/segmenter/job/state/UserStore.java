// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** Where a cache keeps its users: values that come and go decoded or in their stored form. */
interface UserStore<T> extends UserValues<T> {
    /** Keeps a value given in its stored form, a part of an array that is not held on to. */
    void putPacked(String userId, byte[] bytes, int start, int length) throws IOException;

    /** Users of a lower one come first in the store. */
    int keyGroup(String userId);
}
