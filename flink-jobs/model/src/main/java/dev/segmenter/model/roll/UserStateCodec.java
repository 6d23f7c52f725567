// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.feature.FeatureSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Writes and reads {@link UserState} as variable-length numbers, without names or padding; for one thread. */
public final class UserStateCodec {
    private final AggregateLayout layout;

    /** What is read has its length in the end only. */
    private final Sections scratch = new Sections();

    /** Writes and reads state of this feature set. */
    public UserStateCodec(FeatureSet features) {
        this(new FeaturePlan(features).layout());
    }

    private UserStateCodec(AggregateLayout layout) {
        this.layout = layout;
    }

    /**
     * Reads state that was written under {@link #layout()} of another feature set; refuses an unknown
     * format. The codec and the roller of any feature set take what it reads: aggregates are matched
     * by kind, field, types and pane, dropped ones vanish, new ones start empty.
     */
    public static UserStateCodec ofLayout(List<String> layout) {
        return new UserStateCodec(AggregateLayout.of(layout));
    }

    /** Format, then one line an aggregate: what {@link #ofLayout} needs. Equal layouts, equal bytes. */
    public List<String> layout() {
        return layout.lines();
    }

    /** Writes the state, after bringing one of another layout into this one. */
    public void write(UserState state, DataOutput out) throws IOException {
        state.adapt(layout);
        state.write(out);
    }

    /** Reads what this codec, or one of equal layout, wrote; throws IOException on corrupt bytes. */
    public UserState read(DataInput in) throws IOException {
        return read(in, null);
    }

    /** The same into a state that nobody needs any more, so that hardly anything is allocated; null for none. */
    public UserState read(DataInput in, UserState reuse) throws IOException {
        return UserState.read(in, layout, scratch, reuse);
    }
}
