// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.job.config.Topics;
import dev.segmenter.job.kafka.CommittedRecords;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the output topics in a thread of its own and keeps a {@link SegmentBoard} up to date. */
public final class OutputReader implements AutoCloseable {
    private final Topics topics;
    private final SegmentBoard board;
    private final CommittedRecords records;
    private final Thread thread;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    /** Begins to read at once. */
    public OutputReader(String bootstrapServers, Topics topics, SegmentBoard board) {
        this.topics = topics;
        this.board = board;
        this.records =
                new CommittedRecords(
                        Map.of("bootstrap.servers", bootstrapServers),
                        List.of(topics.changes(), topics.memberships(), topics.snapshots()));
        this.thread = new Thread(this::run, "output-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads all that is committed by now, then ends. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        try (records) {
            records.readWhile(() -> !closed, this::accept);
            records.readToEnd(this::accept);
        } catch (RuntimeException e) {
            failure = new IllegalStateException("cannot read the output topics", e);
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] value = record.value();
            if (record.topic().equals(topics.memberships())) {
                board.membership(
                        new String(record.key(), UTF_8),
                        value == null ? null : SegmentMembership.getDecoder().decode(value));
            } else if (record.topic().equals(topics.changes())) {
                board.change(SegmentChange.getDecoder().decode(value));
            } else {
                board.snapshot(CentroidSnapshot.getDecoder().decode(value));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
