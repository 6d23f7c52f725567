// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.feature.FeatureSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Writes and reads {@link UserState} as bytes. */
public final class UserStateCodec {
    private final List<String> layout;

    /** Writes and reads state of this feature set. */
    public UserStateCodec(FeatureSet features) {
        this(features.eventTypes());
    }

    private UserStateCodec(List<String> layout) {
        this.layout = List.copyOf(layout);
    }

    /**
     * Reads state that was written under {@link #layout()} of another feature set. What it reads may
     * be written by the codec, and rolled by the roller, of any feature set: aggregates are matched
     * by their definition, dropped ones vanish, new ones start empty.
     */
    public static UserStateCodec ofLayout(List<String> layout) {
        return new UserStateCodec(layout);
    }

    /** Format version, then one line an aggregate: all that {@link #ofLayout} needs. */
    public List<String> layout() {
        return layout;
    }

    public void write(UserState state, DataOutput out) throws IOException {
        throw new IOException("not yet");
    }

    public UserState read(DataInput in) throws IOException {
        throw new IOException("not yet");
    }
}
