// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * What a checkpoint carries, key group by key group, on its way from the task, which makes it, to the thread that
 * writes it to a file.
 */
public final class CarriedBytes {
    /** Pieces of some 64 KB. */
    private static final int ENOUGH = 128;

    private static final int SAME_KEY_GROUP = -1;
    private static final Piece END = new Piece(SAME_KEY_GROUP, null);
    private static final int BUFFER = 1 << 16;
    private static final int LIKELY_REST = 1 << 10;

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Buffers buffers;
    private volatile boolean abandoned;

    /** Bytes with which a key group begins, or goes on. */
    private record Piece(int keyGroup, DataOutputSerializer bytes) {
        boolean isEnd() {
            return bytes == null;
        }
    }

    /** Buffers that serve one checkpoint after the other: they would be garbage that outlives collections. */
    public static final class Buffers {
        private final BlockingQueue<DataOutputSerializer> spare = new ArrayBlockingQueue<>(ENOUGH);

        private DataOutputSerializer take() {
            DataOutputSerializer buffer = spare.poll();
            return buffer == null ? new DataOutputSerializer(BUFFER + LIKELY_REST) : buffer;
        }

        /** One that grew had better not be kept. */
        private void giveBack(DataOutputSerializer buffer) {
            if (buffer.length() <= BUFFER + LIKELY_REST) {
                buffer.clear();
                spare.offer(buffer);
            }
        }
    }

    public CarriedBytes(Buffers buffers) {
        this.buffers = buffers;
    }

    /** To be filled until {@link #isFull(DataOutputSerializer)}, and then given to begin or goOn. */
    DataOutputSerializer newBuffer() {
        return buffers.take();
    }

    /** Whether the buffer is to be handed over. */
    static boolean isFull(DataOutputSerializer buffer) {
        return buffer.length() >= BUFFER;
    }

    /** The first bytes of a key group, not the caller's any more. */
    void begin(int keyGroup, DataOutputSerializer bytes) {
        pieces.add(new Piece(keyGroup, bytes));
    }

    /** More bytes of the key group begun last, not the caller's any more. */
    void goOn(DataOutputSerializer bytes) {
        pieces.add(new Piece(SAME_KEY_GROUP, bytes));
    }

    /** There is nothing more. */
    void end() {
        pieces.add(END);
    }

    /** Whether so much waits to be written that making more had better wait as well. */
    boolean isFull() {
        return pieces.size() >= ENOUGH;
    }

    /** Whether nobody will write it any more: the checkpoint was given up. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Nobody will write the rest. */
    void abandon() {
        abandoned = true;
        pieces.clear();
    }

    /** Writes it as it comes, to its end, and closes the file. */
    KeyGroupsStateHandle writeTo(CheckpointStateOutputStream out, KeyGroupRange keyGroups)
            throws IOException, InterruptedException {
        long[] offsets = new long[keyGroups.getNumberOfKeyGroups()];
        Arrays.fill(offsets, KeyedStateCheckpointOutputStream.NO_OFFSET_SET);
        for (Piece piece = pieces.take(); !piece.isEnd(); piece = pieces.take()) {
            if (piece.keyGroup != SAME_KEY_GROUP) {
                offsets[piece.keyGroup - keyGroups.getStartKeyGroup()] = out.getPos();
            }
            out.write(piece.bytes.getSharedBuffer(), 0, piece.bytes.length());
            buffers.giveBack(piece.bytes);
        }
        return new KeyGroupsStateHandle(
                new KeyGroupRangeOffsets(keyGroups, offsets), out.closeAndGetHandle());
    }
}
