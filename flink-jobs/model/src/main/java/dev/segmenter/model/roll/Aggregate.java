// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One series of a user that features read: what happened in each pane, for any window up to the
 * longest that is declared. Pane p covers the times [p, p + 1) times the pane's length.
 */
abstract sealed class Aggregate permits PanedAggregate, LastTime {
    /** A time that has not come. */
    static final long NEVER = Long.MIN_VALUE;

    /** What {@link #firstPane} answers if there is none. */
    static final int NO_PANE = Integer.MAX_VALUE;

    /** Takes an event of a matching type; panes before the oldest are outside of every window. */
    abstract Effect add(ClickEvent event, int pane, int oldest, RollOptions options);

    /** Forgets the panes before this one. */
    abstract void prune(int oldest);

    /** The value over this pane and all later ones; for {@link LastTime} a time, ms, or NEVER. */
    abstract double value(int oldest);

    /** The first pane from this one on that adds to the value. */
    abstract int firstPane(int oldest);

    abstract void write(DataOutput out, long clock) throws IOException;

    abstract void read(DataInput in, long clock) throws IOException;
}
