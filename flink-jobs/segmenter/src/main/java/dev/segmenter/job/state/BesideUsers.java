// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** What an operator holds of users beside their values: brought into Flink's state, or carried with the users. */
public interface BesideUsers {
    /** Takes what is held of one user, the first so many bytes, which it does not hold on to. */
    @FunctionalInterface
    interface Taker {
        void take(String userId, byte[] bytes, int length) throws IOException;
    }

    /** Before a checkpoint, which may carry it: brings into Flink's state what had better not be carried. */
    void settle(boolean mayCarry);

    /** Brings everything into Flink's state. */
    void flush();

    /** Gives all that is not in Flink's state, as it is now; it goes on not to be there. */
    void carryInto(Taker checkpoint) throws IOException;

    /** Brings into Flink's state what a checkpoint carried of a user. */
    void restore(String userId, byte[] bytes) throws IOException;
}
