// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Users to forget, each up to an event time. They wait for the boundary that closes over that time,
 * like the votes do, so that it makes no difference which of them arrives first.
 */
final class Erasures {
    private final TreeMap<Long, Long> timeByUser = new TreeMap<>();

    void add(long userHash, long time) {
        timeByUser.merge(userHash, time, Math::max);
    }

    /** Takes out those of times up to a boundary: user hash to time. */
    Map<Long, Long> take(long boundary) {
        Map<Long, Long> due = new TreeMap<>();
        timeByUser.forEach(
                (user, time) -> {
                    if (time <= boundary) {
                        due.put(user, time);
                    }
                });
        timeByUser.keySet().removeAll(due.keySet());
        return due;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(timeByUser.size());
        for (Map.Entry<Long, Long> entry : timeByUser.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    static Erasures read(DataInput in) throws IOException {
        Erasures erasures = new Erasures();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            erasures.add(in.readLong(), in.readLong());
        }
        return erasures;
    }
}
