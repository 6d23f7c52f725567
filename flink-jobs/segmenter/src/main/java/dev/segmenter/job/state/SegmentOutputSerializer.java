// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What assign says; used only where it is not chained to the sink. */
public final class SegmentOutputSerializer extends ImmutableSerializer<SegmentOutput> {
    private static final long serialVersionUID = 1L;

    private transient SingleObjectCodec<SegmentChange> changes;
    private transient SingleObjectCodec<SegmentMembership> memberships;

    private SingleObjectCodec<SegmentChange> changes() {
        if (changes == null) {
            changes = SingleObjectCodec.of(SegmentChange.class);
        }
        return changes;
    }

    private SingleObjectCodec<SegmentMembership> memberships() {
        if (memberships == null) {
            memberships = SingleObjectCodec.of(SegmentMembership.class);
        }
        return memberships;
    }

    @Override
    public TypeSerializer<SegmentOutput> duplicate() {
        return new SegmentOutputSerializer();
    }

    @Override
    public void serialize(SegmentOutput output, DataOutputView target) throws IOException {
        Binary.writeText(output.userId(), target);
        Binary.writeBytes(
                output.change() == null ? null : changes().encode(output.change()), target);
        Binary.writeBytes(
                output.membership() == null ? null : memberships().encode(output.membership()),
                target);
    }

    @Override
    public SegmentOutput deserialize(DataInputView source) throws IOException {
        String userId = Binary.readText(source);
        byte[] change = Binary.readBytes(source);
        byte[] membership = Binary.readBytes(source);
        return new SegmentOutput(
                userId,
                change == null ? null : changes().decode(change),
                membership == null ? null : memberships().decode(membership));
    }

    @Override
    public TypeSerializerSnapshot<SegmentOutput> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SegmentOutput> {
        public Snapshot() {
            super(SegmentOutputSerializer::new);
        }
    }
}
