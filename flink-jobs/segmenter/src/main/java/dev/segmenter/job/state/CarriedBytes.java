// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
    private static final Piece END = new Piece(SAME_KEY_GROUP, new byte[0], 0);

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile boolean abandoned;

    /** Bytes with which a key group begins, or goes on. */
    private record Piece(int keyGroup, byte[] bytes, int length) {}

    /** The first bytes of a key group; not copied. */
    void begin(int keyGroup, byte[] bytes, int length) {
        pieces.add(new Piece(keyGroup, bytes, length));
    }

    /** More bytes of the key group begun last; not copied. */
    void goOn(byte[] bytes, int length) {
        pieces.add(new Piece(SAME_KEY_GROUP, bytes, length));
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
        for (Piece piece = pieces.take(); piece != END; piece = pieces.take()) {
            if (piece.keyGroup != SAME_KEY_GROUP) {
                offsets[piece.keyGroup - keyGroups.getStartKeyGroup()] = out.getPos();
            }
            out.write(piece.bytes, 0, piece.length);
        }
        return new KeyGroupsStateHandle(
                new KeyGroupRangeOffsets(keyGroups, offsets), out.closeAndGetHandle());
    }
}
