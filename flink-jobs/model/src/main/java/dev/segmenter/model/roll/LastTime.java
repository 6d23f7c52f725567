// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Time of the latest event; it has no panes and leaves no window. */
final class LastTime extends Aggregate {
    LastTime(int section) {
        super(section);
    }

    @Override
    void open(Sections user) {
        user.set(user.open(section, 1), NEVER);
    }

    @Override
    Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options) {
        int last = user.start(section);
        if (event.time() <= user.at(last)) {
            return Effect.NONE;
        }
        user.set(last, event.time());
        return Effect.ENTERED;
    }

    @Override
    void prune(Sections user, int oldest) {}

    /** Exact: event times are far below 2^53. */
    @Override
    double value(Sections user, int oldest) {
        return user.at(user.start(section));
    }

    @Override
    int firstPane(Sections user, int oldest) {
        return NO_PANE;
    }

    @Override
    void write(Sections user, DataOutput out, long clock) throws IOException {
        Varints.writePast(out, user.at(user.start(section)), clock);
    }

    @Override
    void read(Sections user, DataInput in, long clock) throws IOException {
        long last = Varints.readPast(in, clock);
        user.set(user.open(section, 1), last);
    }
}
