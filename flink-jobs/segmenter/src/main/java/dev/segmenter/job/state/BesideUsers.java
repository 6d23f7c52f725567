// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What an operator keeps of few of its users beside their values. It goes the users' way: it is brought into Flink's
 * state when they are, and carried by checkpoints until then.
 */
public interface BesideUsers {
    /** Nothing is kept beside users. */
    BesideUsers NOTHING =
            new BesideUsers() {
                @Override
                public boolean isUnwritten(String userId) {
                    return false;
                }

                @Override
                public void write(String userId) {}

                @Override
                public void copy(String userId, DataOutputSerializer target) {}

                @Override
                public void restore(String userId, DataInputView in) throws IOException {
                    throw new IOException(
                            "the checkpoint carries more of user '"
                                    + userId
                                    + "' than this operator keeps; restore it with the release that"
                                    + " wrote it");
                }
            };

    /** Whether something of the user's is not in Flink's state. */
    boolean isUnwritten(String userId);

    /** Brings all of the user's into Flink's state. */
    void write(String userId) throws IOException;

    /** Appends what is not in Flink's state, and changes nothing. */
    void copy(String userId, DataOutputSerializer target) throws IOException;

    /** Reads what copy wrote, no more and no less, on top of what Flink's state had at that time. */
    void restore(String userId, DataInputView in) throws IOException;
}
