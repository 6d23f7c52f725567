// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.Prefetchable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One life of one user: clock, quota, recent event ids, panes, and what is measured of them. Mutable; changed by
 * FeatureRoller only.
 */
public final class UserState extends Sections implements Prefetchable {
    private static final int FRESH = 1;
    private static final int GONE = 2;

    /** Start of this life, event time, ms. */
    long incarnation;

    /** Greatest event time or processed moment, ms. */
    long clock;

    /** Greatest event time, ms. */
    long lastEvent;

    /** When to wake, ms. */
    long next;

    /** True until the first update. */
    boolean fresh;

    /** True after the exit. */
    boolean gone;

    /** Of the sections. */
    AggregateLayout layout;

    /** Who measured it at this clock, null if it is not measured; all below is the measure's, and not stored. */
    FeaturePlan measuredBy;

    long userHash;

    /** End of the first pane of any length after the clock: until then no window moves. */
    long paneEnd;

    /** When the first occupied pane leaves any window; Long.MAX_VALUE if there is none. */
    long slides;

    /** The next moment at which an occupied pane has left a window in distances; Long.MAX_VALUE if none. */
    long leaving;

    /** The next vote, once worked out: right as long as it is after the clock. */
    long vote;

    UserState() {}

    /** Start of this life, event time, ms. */
    public long incarnation() {
        return incarnation;
    }

    /** Greatest event time or processed moment, event time, ms. */
    public long clock() {
        return clock;
    }

    @Override
    public long touch() {
        return clock;
    }

    /** Begins a life with nothing in it. */
    void begin(long start, long time, AggregateLayout newLayout) {
        incarnation = start;
        clock = time;
        lastEvent = time;
        next = time;
        fresh = true;
        gone = false;
        take(newLayout, newLayout.empty());
    }

    private void take(AggregateLayout newLayout, Sections source) {
        layout = newLayout;
        copyOf(source);
        measuredBy = null;
    }

    /** Brings the sections into this order. */
    void adapt(AggregateLayout target) {
        if (!layout.sameAs(target)) {
            take(target, target.adapt(layout, this));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeByte((fresh ? FRESH : 0) | (gone ? GONE : 0));
        Varints.writeSigned(out, incarnation);
        Varints.writeSigned(out, clock - incarnation);
        Varints.writeUnsigned(out, clock - lastEvent);
        Varints.writeUnsigned(out, gone ? 0 : Math.max(0, next - clock));
        layout.write(this, out, clock);
    }

    /** Of this layout, by way of other sections; into the state given for reuse, null for none. */
    static UserState read(DataInput in, AggregateLayout layout, Sections scratch, UserState reuse)
            throws IOException {
        UserState state = reuse == null ? new UserState() : reuse;
        int flags = in.readUnsignedByte();
        state.fresh = (flags & FRESH) != 0;
        state.gone = (flags & GONE) != 0;
        state.incarnation = Varints.readSigned(in);
        state.clock = state.incarnation + Varints.readSigned(in);
        state.lastEvent = state.clock - Varints.readUnsigned(in);
        long wait = Varints.readUnsigned(in);
        state.next = state.gone ? Long.MAX_VALUE : state.clock + wait;
        layout.read(scratch, in, state.clock);
        state.take(layout, scratch);
        return state;
    }
}
