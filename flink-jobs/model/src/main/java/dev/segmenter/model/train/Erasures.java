// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Users to forget, each up to an event time. They wait for the boundary that closes over that time,
 * like the votes do, so that it makes no difference which of them arrives first. A user may be in it
 * more than once: a later erasure must not hold up an earlier one.
 */
final class Erasures {
    private final TreeMap<Long, TreeSet<Long>> usersByTime = new TreeMap<>();

    void add(long userHash, long time) {
        usersByTime.computeIfAbsent(time, t -> new TreeSet<>()).add(userHash);
    }

    /** Takes out those of times up to a boundary: user hash to latest time. */
    Map<Long, Long> take(long boundary) {
        Map<Long, Long> timeByUser = new TreeMap<>();
        NavigableMap<Long, TreeSet<Long>> due = usersByTime.headMap(boundary, true);
        due.forEach((time, users) -> users.forEach(user -> timeByUser.put(user, time)));
        due.clear();
        return timeByUser;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(usersByTime.size());
        for (Map.Entry<Long, TreeSet<Long>> entry : usersByTime.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (Long user : entry.getValue()) {
                out.writeLong(user);
            }
        }
    }

    static Erasures read(DataInput in) throws IOException {
        Erasures erasures = new Erasures();
        int times = in.readInt();
        for (int i = 0; i < times; i++) {
            long time = in.readLong();
            int users = in.readInt();
            for (int j = 0; j < users; j++) {
                erasures.add(in.readLong(), time);
            }
        }
        return erasures;
    }
}
