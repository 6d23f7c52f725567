// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Time of the latest event; it has no panes and leaves no window. */
final class LastTime extends Aggregate {
    private long last = NEVER;

    @Override
    Effect add(ClickEvent event, int pane, int oldest, RollOptions options) {
        if (event.time() <= last) {
            return Effect.NONE;
        }
        last = event.time();
        return Effect.ENTERED;
    }

    @Override
    void prune(int oldest) {}

    /** Exact: event times are far below 2^53. */
    @Override
    double value(int oldest) {
        return last;
    }

    @Override
    int firstPane(int oldest) {
        return NO_PANE;
    }

    @Override
    void write(DataOutput out, long clock) throws IOException {
        Varints.writePast(out, last, clock);
    }

    @Override
    void read(DataInput in, long clock) throws IOException {
        last = Varints.readPast(in, clock);
    }
}
