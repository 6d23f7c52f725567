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
 * one map serves every window; in the order of the panes, so that a window is the end of it.
 *
 * <p>Exact up to the capacity (but for collisions of 32-bit hashes). Beyond it, adaptive sampling
 * (P. Flajolet, "On adaptive sampling", Computing 34, 1990, after M. Wegman): whenever the map
 * overflows, the depth grows by one and only hashes that end in that many zero bits are kept; the
 * estimate is kept * 2^depth, its standard error about 1.2 / sqrt(capacity). The depth falls back to
 * 0 when the map is empty: until then a user whose map has shrunk again is measured more coarsely.
 */
final class DistinctItems extends PanedAggregate {
    private static final long[] NONE = {};

    private final EventField field;

    /** Pane in the upper half, hash in the lower one. */
    private long[] items = NONE;

    private int depth;

    DistinctItems(EventField field) {
        this.field = field;
    }

    @Override
    Effect add(ClickEvent event, int pane, int oldest, RollOptions options) {
        int hash = field == EventField.ITEM ? event.item() : event.category();
        if (hash == 0 || pane < oldest || !sampled(hash)) {
            return Effect.NONE;
        }
        int held = indexOf(hash);
        if (held >= 0) {
            return raise(held, pane);
        }
        makeRoom();
        place(size++, hash, pane);
        if (size <= options.distinctCapacity()) {
            return Effect.ENTERED;
        }
        do {
            depth++;
            resample();
        } while (size > options.distinctCapacity());
        return Effect.MOVED;
    }

    @Override
    void prune(int oldest) {
        int from = indexFrom(oldest);
        if (from > 0) {
            size -= from;
            System.arraycopy(items, from, items, 0, size);
        }
        if (size == 0) {
            depth = 0;
        }
    }

    @Override
    double value(int oldest) {
        return (double) (size - indexFrom(oldest)) * (1L << depth);
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
            int pane = paneAt(i);
            out.writeInt(hashAt(i));
            Varints.writeSigned(out, (long) pane - previous);
            previous = pane;
        }
    }

    /** Brings what releases before wrote in order of arrival into the order of the panes. */
    @Override
    void read(DataInput in, long clock) throws IOException {
        int count = Varints.readSize(in);
        depth = count == 0 ? 0 : Varints.readSize(in);
        if (!Room.serves(items.length, count)) {
            items = count == 0 ? NONE : new long[count];
        }
        int previous = 0;
        for (size = 0; size < count; size++) {
            int hash = in.readInt();
            previous += (int) Varints.readSigned(in);
            place(size, hash, previous);
        }
    }

    private boolean sampled(int hash) {
        return Integer.numberOfTrailingZeros(hash) >= depth;
    }

    @Override
    int paneAt(int i) {
        return (int) (items[i] >> Integer.SIZE);
    }

    private int hashAt(int i) {
        return (int) items[i];
    }

    /** From the newest, which are seen again soonest. */
    private int indexOf(int hash) {
        for (int i = size - 1; i >= 0; i--) {
            if (hashAt(i) == hash) {
                return i;
            }
        }
        return -1;
    }

    private Effect raise(int held, int pane) {
        if (paneAt(held) >= pane) {
            return Effect.NONE;
        }
        int hash = hashAt(held);
        int to = held;
        while (to + 1 < size && paneAt(to + 1) <= pane) {
            to++;
        }
        System.arraycopy(items, held + 1, items, held, to - held);
        set(to, hash, pane);
        return Effect.MOVED;
    }

    private void makeRoom() {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1) + 4);
        }
    }

    /** Puts a hash among the first so many, in order; the place after them is free. */
    private void place(int count, int hash, int pane) {
        int to = count;
        while (to > 0 && paneAt(to - 1) > pane) {
            to--;
        }
        System.arraycopy(items, to, items, to + 1, count - to);
        set(to, hash, pane);
    }

    private void set(int i, int hash, int pane) {
        items[i] = (long) pane << Integer.SIZE | Integer.toUnsignedLong(hash);
    }

    private void resample() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (sampled(hashAt(i))) {
                items[kept++] = items[i];
            }
        }
        size = kept;
    }
}
