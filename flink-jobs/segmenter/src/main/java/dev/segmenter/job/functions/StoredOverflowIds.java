// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.BesideUsers;
import dev.segmenter.job.state.UserKey;
import dev.segmenter.model.roll.EventIdTable;
import dev.segmenter.model.roll.OverflowIds;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Event ids of very active users: tables in memory, up to a number of bytes, whose additions are
 * appended to the user's own state entry when a savepoint is taken, room is needed, or there are too many for a
 * checkpoint to carry. What is in memory is all there is of a user, so an id is looked up without touching state.
 */
final class StoredOverflowIds implements OverflowIds, BesideUsers {
    private static final int INITIAL_BUFFER = 4_096;

    /** Ids that a checkpoint carries: some 5 MB, copied in as many ms while the task waits. */
    private static final long MOST_CARRIED = 1 << 19;

    private final UserKey key;
    private final ListState<byte[]> parts;

    /** An entry an id, as savepoints before v3 have them; only ever emptied. */
    private final MapState<Long, Long> former;

    private final long capacity;

    /** In the order of entry: who is dropped is decided by the clock algorithm, as in the users' cache. */
    private final Map<String, Held> tables = new LinkedHashMap<>();

    private final DataOutputSerializer buffer = new DataOutputSerializer(INITIAL_BUFFER);
    private String userId;
    private String userAtHand;
    private Held atHand;
    private long bytes;

    private static final class Held {
        private final EventIdTable table;

        /** As they are in the sum. */
        private int bytes;

        /** Used since it was last looked at to be dropped. */
        private boolean wanted;

        Held(EventIdTable table) {
            this.table = table;
            this.bytes = table.heapBytes();
        }
    }

    /** At most so many bytes of tables, but for the one at hand. */
    StoredOverflowIds(KeyedStateStore states, UserKey key, long capacity) {
        this.key = key;
        this.capacity = capacity;
        parts =
                states.getListState(
                        new ListStateDescriptor<>(
                                "overflowing-ids",
                                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        former =
                states.getMapState(
                        new MapStateDescriptor<>("overflowing-event-ids", Types.LONG, Types.LONG));
    }

    /** Those of a user, until the next one is asked for. */
    StoredOverflowIds of(String newUserId) {
        userId = newUserId;
        return this;
    }

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        boolean added = table().addIfAbsent(eventIdHash, eventTime);
        holdMore();
        return added;
    }

    @Override
    public void dropBefore(long eventTime) {
        EventIdTable table = table();
        table.dropBefore(eventTime);
        holdMore();
        if (table.size() == 0) {
            clear();
        }
    }

    /** Forgets the user's. */
    void clear() {
        Held held = tables.remove(userId);
        if (held != null) {
            bytes -= held.bytes;
        }
        userAtHand = null;
        key.set(userId);
        parts.clear();
        former.clear();
    }

    @Override
    public void flush() {
        tables.forEach((user, held) -> write(user, held.table));
    }

    /** What is brought into the state has to be flushed by it at the barrier, for which the task waits. */
    @Override
    public void settle(boolean mayCarry) {
        if (!mayCarry || unwritten() > MOST_CARRIED) {
            flush();
        }
    }

    private long unwritten() {
        return tables.values().stream().mapToLong(held -> held.table.unwritten()).sum();
    }

    /** Of each user, whether it takes the place of what is in the state, and a part as it would be there. */
    @Override
    public void carryInto(Taker checkpoint) throws IOException {
        for (Map.Entry<String, Held> user : tables.entrySet()) {
            EventIdTable table = user.getValue().table;
            if (!table.isWritten()) {
                buffer.clear();
                buffer.writeBoolean(table.mustReplace());
                table.copy(buffer);
                checkpoint.take(user.getKey(), buffer.getSharedBuffer(), buffer.length());
            }
        }
    }

    @Override
    public void restore(String user, byte[] bytes) {
        key.set(user);
        keep(bytes[0] != 0, Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    private EventIdTable table() {
        if (!userId.equals(userAtHand)) {
            Held held = tables.get(userId);
            atHand = held == null ? load() : held;
            atHand.wanted = true;
            userAtHand = userId;
            makeRoom();
        }
        return atHand.table;
    }

    private Held load() {
        key.set(userId);
        EventIdTable table = new EventIdTable();
        try {
            for (byte[] part : parts.get()) {
                table.readMore(new DataInputDeserializer(part));
            }
            if (!former.isEmpty()) {
                for (Map.Entry<Long, Long> id : former.entries()) {
                    table.addIfAbsent(id.getKey(), id.getValue());
                }
                former.clear();
            }
        } catch (Exception e) {
            throw inaccessible(e);
        }
        Held held = new Held(table);
        tables.put(userId, held);
        bytes += held.bytes;
        return held;
    }

    /** Brings the table at hand into the sum as it is now; few events make it longer. */
    private void holdMore() {
        int now = atHand.table.heapBytes();
        if (now != atHand.bytes) {
            bytes += now - atHand.bytes;
            atHand.bytes = now;
            makeRoom();
        }
    }

    private void makeRoom() {
        while (bytes > capacity && tables.size() > 1) {
            Map.Entry<String, Held> oldest = tables.entrySet().iterator().next();
            String user = oldest.getKey();
            Held held = oldest.getValue();
            tables.remove(user);
            if (held.wanted || held == atHand) {
                held.wanted = false;
                tables.put(user, held);
            } else {
                write(user, held.table);
                bytes -= held.bytes;
            }
        }
    }

    private void write(String user, EventIdTable table) {
        if (table.isWritten()) {
            return;
        }
        boolean replaces = table.mustReplace();
        key.set(user);
        try {
            buffer.clear();
            table.write(buffer);
        } catch (IOException e) {
            throw inaccessible(e);
        }
        keep(replaces, buffer.getCopyOfBuffer());
    }

    /** Of the user whose key is set. */
    private void keep(boolean replaces, byte[] part) {
        try {
            if (replaces) {
                parts.update(List.of(part));
            } else {
                parts.add(part);
            }
        } catch (Exception e) {
            throw inaccessible(e);
        }
    }

    private static IllegalStateException inaccessible(Exception cause) {
        return new IllegalStateException("state of event ids cannot be accessed", cause);
    }
}
