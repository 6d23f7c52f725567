// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;

/** Of operators that hold nothing but their users' values. */
public class NothingBeside implements BesideUsers {
    @Override
    public void settle(boolean mayCarry) {}

    @Override
    public void flush() {}

    @Override
    public void carryInto(Taker checkpoint) {}

    @Override
    public void restore(String userId, byte[] bytes) throws IOException {
        throw new IOException(
                "the checkpoint carries more of user "
                        + userId
                        + " than its value, which this operator does not know; restore a savepoint, or"
                        + " use the release that wrote the checkpoint");
    }
}
