// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Number of distinct items or categories: each hash with the latest pane it was seen in, so that
 * one map serves every window.
 *
 * <p>Exact up to the capacity (but for collisions of 32-bit hashes). Beyond it, adaptive sampling
 * (P. Flajolet, "On adaptive sampling", Computing 34, 1990, after M. Wegman): whenever the map
 * overflows, the depth grows by one and only hashes that end in that many zero bits are kept; the
 * estimate is kept * 2^depth, its standard error about 1.2 / sqrt(capacity). The depth falls back to
 * 0 when the map is empty: until then a user whose map has shrunk again is measured more coarsely.
 */
final class DistinctItems extends Aggregate {
    private static final int[] NONE = {};

    private final EventField field;
    private int[] hashes = NONE;
    private int[] panes = NONE;
    private int size;
    private int depth;

    DistinctItems(EventField field) {
        this.field = field;
    }

    @Override
    void add(ClickEvent event, int pane, int oldest, RollOptions options) {
        int hash = field == EventField.ITEM ? event.item() : event.category();
        if (hash == 0 || pane < oldest || !sampled(hash)) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                panes[i] = Math.max(panes[i], pane);
                return;
            }
        }
        append(hash, pane);
        while (size > options.distinctCapacity()) {
            depth++;
            retain(Integer.MIN_VALUE);
        }
    }

    @Override
    void prune(int oldest) {
        retain(oldest);
        if (size == 0) {
            depth = 0;
        }
    }

    @Override
    double value(int oldest) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (panes[i] >= oldest) {
                kept++;
            }
        }
        return (double) kept * (1L << depth);
    }

    @Override
    int firstPane(int oldest) {
        int first = NO_PANE;
        for (int i = 0; i < size; i++) {
            if (panes[i] >= oldest) {
                first = Math.min(first, panes[i]);
            }
        }
        return first;
    }

    @Override
    void write(DataOutput out, long clock) throws IOException {
        Varints.writeUnsigned(out, size);
        if (size == 0) {
            return;
        }
        Varints.writeUnsigned(out, depth);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            out.writeInt(hashes[i]);
            Varints.writeSigned(out, (long) panes[i] - previous);
            previous = panes[i];
        }
    }

    @Override
    void read(DataInput in, long clock) throws IOException {
        size = Varints.readSize(in);
        depth = size == 0 ? 0 : Varints.readSize(in);
        hashes = size == 0 ? NONE : new int[size];
        panes = size == 0 ? NONE : new int[size];
        int previous = 0;
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readInt();
            previous += (int) Varints.readSigned(in);
            panes[i] = previous;
        }
    }

    private boolean sampled(int hash) {
        return Integer.numberOfTrailingZeros(hash) >= depth;
    }

    private void append(int hash, int pane) {
        if (size == hashes.length) {
            int capacity = size + (size >> 1) + 4;
            hashes = Arrays.copyOf(hashes, capacity);
            panes = Arrays.copyOf(panes, capacity);
        }
        hashes[size] = hash;
        panes[size++] = pane;
    }

    private void retain(int oldest) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (panes[i] >= oldest && sampled(hashes[i])) {
                hashes[kept] = hashes[i];
                panes[kept++] = panes[i];
            }
        }
        size = kept;
    }
}
