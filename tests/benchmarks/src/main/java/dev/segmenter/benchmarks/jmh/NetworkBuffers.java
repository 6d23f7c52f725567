// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.runtime.io.network.api.serialization.RecordDeserializer;
import org.apache.flink.runtime.io.network.api.serialization.SpillingAdaptiveSpanningRecordDeserializer;
import org.apache.flink.runtime.io.network.buffer.Buffer;
import org.apache.flink.runtime.io.network.buffer.NetworkBuffer;
import org.apache.flink.runtime.plugable.NonReusingDeserializationDelegate;

/** Records as a task gets them, over and over: Flink's own reading of its network buffers. */
final class NetworkBuffers<T> {
    private static final int BUFFER = 32 * 1024;

    private final MemorySegment segment =
            MemorySegmentFactory.allocateUnpooledOffHeapMemory(BUFFER);
    private final NonReusingDeserializationDelegate<T> record;
    private final RecordDeserializer<NonReusingDeserializationDelegate<T>> records =
            new SpillingAdaptiveSpanningRecordDeserializer<>(
                    new String[] {System.getProperty("java.io.tmpdir")});
    private final int count;
    private final int size;
    private int unread;

    /** Takes as many records as fit into a buffer. */
    NetworkBuffers(TypeSerializer<T> serializer, List<T> sent) throws IOException {
        record = new NonReusingDeserializationDelegate<>(serializer);
        DataOutputSerializer out = new DataOutputSerializer(256);
        int written = 0;
        int end = 0;
        for (T one : sent) {
            out.clear();
            serializer.serialize(one, out);
            if (BUFFER - end < Integer.BYTES + out.length()) {
                break;
            }
            segment.putIntBigEndian(end, out.length());
            segment.put(end + Integer.BYTES, out.getSharedBuffer(), 0, out.length());
            end += Integer.BYTES + out.length();
            written++;
        }
        count = written;
        size = end;
    }

    /** The next one; the first again when all are read. */
    T next() throws IOException {
        if (unread == 0) {
            records.setNextBuffer(
                    new NetworkBuffer(segment, kept -> {}, Buffer.DataType.DATA_BUFFER, size));
            unread = count;
        }
        unread--;
        records.getNextRecord(record);
        return record.getInstance();
    }
}
