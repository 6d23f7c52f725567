// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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
    /** The depth; an entry is a pane and a hash. */
    private static final int HEAD = 1;

    private static final int NONE = -1;

    private final EventField field;

    DistinctItems(int section, EventField field) {
        super(section, HEAD, 1);
        this.field = field;
    }

    @Override
    void open(Sections user) {
        open(user, 0);
        setDepth(user, 0);
    }

    @Override
    Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options) {
        int hash = field == EventField.ITEM ? event.item() : event.category();
        if (hash == 0 || pane < oldest || !isSampled(hash, depth(user))) {
            return Effect.NONE;
        }
        int held = indexOf(user, hash);
        if (held != NONE) {
            return raise(user, held, pane);
        }
        int end = user.insert(section, user.end(section), 1);
        place(user, first(user), end, entry(pane, hash));
        if (size(user) <= options.distinctCapacity()) {
            return Effect.ENTERED;
        }
        do {
            setDepth(user, depth(user) + 1);
            resample(user);
        } while (size(user) > options.distinctCapacity());
        return Effect.MOVED;
    }

    @Override
    void prune(Sections user, int oldest) {
        super.prune(user, oldest);
        if (size(user) == 0) {
            setDepth(user, 0);
        }
    }

    @Override
    double value(Sections user, int oldest) {
        return (double) (user.end(section) - indexFrom(user, oldest)) * (1L << depth(user));
    }

    @Override
    void write(Sections user, DataOutput out, long clock) throws IOException {
        int end = user.end(section);
        int i = first(user);
        Varints.writeUnsigned(out, end - i);
        if (i == end) {
            return;
        }
        Varints.writeUnsigned(out, depth(user));
        int previous = 0;
        for (; i < end; i++) {
            int pane = paneAt(user, i);
            out.writeInt(hashAt(user, i));
            Varints.writeSigned(out, (long) pane - previous);
            previous = pane;
        }
    }

    /** Brings what releases before wrote in order of arrival into the order of the panes. */
    @Override
    void read(Sections user, DataInput in, long clock) throws IOException {
        int size = Varints.readSize(in);
        int depth = size == 0 ? 0 : Varints.readSize(in);
        int first = open(user, size);
        setDepth(user, depth);
        int previous = 0;
        for (int i = first; i < first + size; i++) {
            int hash = in.readInt();
            previous += (int) Varints.readSigned(in);
            place(user, first, i, entry(previous, hash));
        }
    }

    private int depth(Sections user) {
        return (int) user.at(user.start(section));
    }

    private void setDepth(Sections user, int depth) {
        user.set(user.start(section), depth);
    }

    private static boolean isSampled(int hash, int depth) {
        return Integer.numberOfTrailingZeros(hash) >= depth;
    }

    private static int hashAt(Sections user, int index) {
        return (int) user.at(index);
    }

    /** From the newest, which are seen again soonest. */
    private int indexOf(Sections user, int hash) {
        int first = first(user);
        for (int i = user.end(section) - 1; i >= first; i--) {
            if (hashAt(user, i) == hash) {
                return i;
            }
        }
        return NONE;
    }

    private Effect raise(Sections user, int held, int pane) {
        if (paneAt(user, held) >= pane) {
            return Effect.NONE;
        }
        long raised = entry(pane, hashAt(user, held));
        int last = user.end(section) - 1;
        int to = held;
        while (to < last && paneAt(user, to + 1) <= pane) {
            to++;
        }
        user.move(held + 1, held, to - held);
        user.set(to, raised);
        return Effect.MOVED;
    }

    /** Puts an entry among those from the first to before the end, in order; the place at the end is free. */
    private static void place(Sections user, int first, int end, long entry) {
        int to = end;
        while (to > first && user.at(to - 1) >> Integer.SIZE > entry >> Integer.SIZE) {
            to--;
        }
        user.move(to, to + 1, end - to);
        user.set(to, entry);
    }

    private void resample(Sections user) {
        int depth = depth(user);
        int end = user.end(section);
        int kept = first(user);
        for (int i = kept; i < end; i++) {
            if (isSampled(hashAt(user, i), depth)) {
                user.set(kept++, user.at(i));
            }
        }
        user.remove(section, kept, end);
    }
}
