// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;

/** One value a user, with one timer. What was changed must be put back before another user is asked for. */
public interface UserValues<T> {
    /** From one {@link #carrySome} to the next. */
    long CARRY_EVERY_MS = 5;

    /** What is done when a user's timer is due. */
    @FunctionalInterface
    interface Moment {
        void at(String userId, long time) throws Exception;
    }

    /** How many users' values are best asked for one after the other, announced before; 1 if it does not matter. */
    default int groupSize() {
        return 1;
    }

    /** Announces the first so many of these users, at most a group: what is held of them is fetched from memory. */
    default void announce(String[] userIds, int count) {}

    /** The user's value, or null. */
    Timed<T> get(String userId) throws IOException;

    /** The user's value if its timer is of this time and due, and it has none any more; null if there is nothing due. */
    Timed<T> getDue(String userId, long time) throws IOException;

    /** Keeps a value, new or changed; its timer will be due in the time that it says. */
    void put(String userId, Timed<T> value) throws IOException;

    void remove(String userId) throws IOException;

    /** Gives all whose timer is due up to a watermark, ms, and is not one of Flink's; false if there was none. */
    default boolean fireUpTo(long watermark, Moment moment) throws Exception {
        return false;
    }

    /** Brings everything into Flink's state. */
    void flush() throws IOException;

    /** Whether a checkpoint now would carry users, and Flink's state has been given none since the last one. */
    default boolean onlyCarries() {
        return false;
    }

    /**
     * Begins to copy for a checkpoint what is not in Flink's state, as it is now, what is beside the users included;
     * false if no user is to be carried.
     */
    default boolean carryInto(CarriedBytes checkpoint, BesideUsers beside) throws IOException {
        return false;
    }

    /** Copies some more of it, a few ms of work; false if nothing is left. */
    default boolean carrySome() throws IOException {
        return false;
    }

    /** Copies all that is left. */
    default void carryRest() throws IOException {}

    /** Takes over what a checkpoint of this or another number of subtasks carried. */
    void restore(Iterable<KeyGroupStatePartitionStreamProvider> carried, BesideUsers beside)
            throws IOException;
}
