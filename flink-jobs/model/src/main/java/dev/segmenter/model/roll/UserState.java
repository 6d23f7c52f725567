// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One life of one user: clock, panes, recent event ids. Mutable; changed by FeatureRoller only. */
public final class UserState {
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

    MinuteQuota quota;
    RecentIds ids;
    AggregateLayout layout;
    Aggregate[] aggregates;

    /** Of these aggregates at this clock, if it is measured; kept for the next time if it is not. */
    Measure measure;

    boolean measured;

    UserState() {}

    /** Start of this life, event time, ms. */
    public long incarnation() {
        return incarnation;
    }

    /** Greatest event time or processed moment, event time, ms. */
    public long clock() {
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
        quota = new MinuteQuota();
        ids = new RecentIds();
        layout = newLayout;
        aggregates = newLayout.create();
        measured = false;
    }

    /** Brings the aggregates into this order. */
    void adapt(AggregateLayout target) {
        if (!layout.sameAs(target)) {
            aggregates = target.adapt(layout, aggregates);
            layout = target;
            measured = false;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeByte((fresh ? FRESH : 0) | (gone ? GONE : 0));
        Varints.writeSigned(out, incarnation);
        Varints.writeSigned(out, clock - incarnation);
        Varints.writeUnsigned(out, clock - lastEvent);
        Varints.writeUnsigned(out, gone ? 0 : Math.max(0, next - clock));
        quota.write(out, clock);
        ids.write(out, clock);
        for (Aggregate aggregate : aggregates) {
            aggregate.write(out, clock);
        }
    }

    /** Into the state given for reuse, if it is of this layout, else into a new one. */
    static UserState read(DataInput in, AggregateLayout layout, UserState reuse)
            throws IOException {
        boolean reused = reuse != null && reuse.layout.sameAs(layout);
        UserState state = reused ? reuse : new UserState();
        int flags = in.readUnsignedByte();
        long incarnation = Varints.readSigned(in);
        long clock = incarnation + Varints.readSigned(in);
        if (!reused) {
            state.begin(incarnation, clock, layout);
        }
        state.incarnation = incarnation;
        state.clock = clock;
        state.measured = false;
        state.fresh = (flags & FRESH) != 0;
        state.gone = (flags & GONE) != 0;
        state.lastEvent = state.clock - Varints.readUnsigned(in);
        state.next = state.gone ? Long.MAX_VALUE : state.clock + Varints.readUnsigned(in);
        state.quota.read(in, state.clock);
        state.ids.read(in, state.clock);
        for (Aggregate aggregate : state.aggregates) {
            aggregate.read(in, state.clock);
        }
        return state;
    }
}
