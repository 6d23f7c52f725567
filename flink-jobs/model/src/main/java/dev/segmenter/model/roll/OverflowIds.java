// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/** Event ids of the user at hand that found no room beside its panes; only hot users have any. */
public interface OverflowIds {

    /** Holds the id with its event time, ms, unless it is held already; true if it was not. */
    boolean addIfAbsent(long eventIdHash, long eventTime);

    /** Forgets the ids of events older than this, ms; Long.MAX_VALUE forgets all. */
    void dropBefore(long eventTime);
}
