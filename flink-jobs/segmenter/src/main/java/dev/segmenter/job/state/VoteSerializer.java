// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.Vote;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Votes on their way to the trainer. */
public final class VoteSerializer extends ImmutableSerializer<Vote> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Vote vote, DataOutputView target) throws IOException {
        target.writeBoolean(vote.erasure());
        target.writeLong(vote.userHash());
        target.writeLong(vote.time());
        target.writeLong(vote.interval());
        target.writeLong(vote.priority());
        target.writeLong(vote.fingerprint());
        Binary.writeDoubles(vote.values(), target);
    }

    @Override
    public Vote deserialize(DataInputView source) throws IOException {
        return new Vote(
                source.readBoolean(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                Binary.readDoubles(source));
    }

    @Override
    public TypeSerializerSnapshot<Vote> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Vote> {
        public Snapshot() {
            super(VoteSerializer::new);
        }
    }
}
