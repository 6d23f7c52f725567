// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Number of sessions begun. An event begins a session if it comes later than the session gap after
 * the last one, or if the session has lasted its maximum. An event older than the last one belongs
 * to a session that has begun already and never begins one: sessions are not split afterwards.
 */
final class Sessions extends Counts {
    /** Time of the last event, then start of its session, ms. */
    private static final int HEAD = 2;

    Sessions(int section) {
        super(section, HEAD);
    }

    @Override
    void open(Sections user) {
        super.open(user);
        setHead(user, NEVER, NEVER);
    }

    @Override
    Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options) {
        long time = event.time();
        int head = user.start(section);
        long last = user.at(head);
        if (time < last) {
            return Effect.NONE;
        }
        boolean begins =
                last == NEVER
                        || time - last > options.sessionGap().toMillis()
                        || time - user.at(head + 1) >= options.maxSession().toMillis();
        user.set(head, time);
        if (!begins) {
            return Effect.NONE;
        }
        user.set(head + 1, time);
        return super.add(user, event, pane, oldest, options);
    }

    @Override
    void write(Sections user, DataOutput out, long clock) throws IOException {
        super.write(user, out, clock);
        int head = user.start(section);
        Varints.writePast(out, user.at(head), clock);
        Varints.writePast(out, user.at(head + 1), clock);
    }

    @Override
    void read(Sections user, DataInput in, long clock) throws IOException {
        super.read(user, in, clock);
        long last = Varints.readPast(in, clock);
        setHead(user, last, Varints.readPast(in, clock));
    }

    private void setHead(Sections user, long last, long start) {
        int head = user.start(section);
        user.set(head, last);
        user.set(head + 1, start);
    }
}
