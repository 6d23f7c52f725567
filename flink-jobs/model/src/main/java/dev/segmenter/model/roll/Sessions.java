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
final class Sessions extends PaneSeries {
    private long last = NEVER;
    private long start = NEVER;

    @Override
    Effect add(ClickEvent event, int pane, int oldest, RollOptions options) {
        long time = event.time();
        if (time < last) {
            return Effect.NONE;
        }
        boolean begins =
                last == NEVER
                        || time - last > options.sessionGap().toMillis()
                        || time - start >= options.maxSession().toMillis();
        last = time;
        if (!begins) {
            return Effect.NONE;
        }
        start = time;
        if (pane < oldest) {
            return Effect.NONE;
        }
        add(pane, 1);
        return Effect.ONE_MORE;
    }

    @Override
    void write(DataOutput out, long clock) throws IOException {
        writeSeries(out, true);
        Varints.writePast(out, last, clock);
        Varints.writePast(out, start, clock);
    }

    @Override
    void read(DataInput in, long clock) throws IOException {
        readSeries(in, true);
        last = Varints.readPast(in, clock);
        start = Varints.readPast(in, clock);
    }
}
