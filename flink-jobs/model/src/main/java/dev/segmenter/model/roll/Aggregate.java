// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One series that features read: what happened in each pane, for any window up to the longest that is declared.
 * Pane p covers the times [p, p + 1) times the pane's length. Stateless: a user's numbers are in its section.
 */
abstract sealed class Aggregate permits PanedAggregate, LastTime {
    /** A time that has not come. */
    static final long NEVER = Long.MIN_VALUE;

    /** What {@link #firstPane} answers if there is none. */
    static final int NO_PANE = Integer.MAX_VALUE;

    /** Its section of every user. */
    final int section;

    Aggregate(int section) {
        this.section = section;
    }

    /** Opens the section of a user to whom nothing has happened yet. */
    abstract void open(Sections user);

    /** Takes an event of a matching type; panes before the oldest are outside of every window. */
    abstract Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options);

    /** Forgets the panes before this one. */
    abstract void prune(Sections user, int oldest);

    /** The value over this pane and all later ones; for {@link LastTime} a time, ms, or NEVER. */
    abstract double value(Sections user, int oldest);

    /** The first pane from this one on that adds to the value. */
    abstract int firstPane(Sections user, int oldest);

    abstract void write(Sections user, DataOutput out, long clock) throws IOException;

    /** Opens the section with what was written. */
    abstract void read(Sections user, DataInput in, long clock) throws IOException;
}
