// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.input;

import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.file.EventFileReader;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Copies a file of events into the topic clickstream before a replay begins. */
public final class FilePreload {
    private static final int RECORDS_PER_REPORT = 2_000;
    // A compressed file is read ahead of its records.
    private static final double NOT_YET_ALL = 0.999;

    private final EventRules rules = EventRules.replay();
    private long records;
    private long lastEventTime;

    private FilePreload() {}

    /** Refuses a file that is missing, of an unknown format, or lacks a column, before anything starts. */
    public static void requireReadable(Path file, ColumnMapping mapping) throws IOException {
        EventFileReader.open(file, mapping).close();
    }

    /** Sends every record; progress is a share, 0 to 1. */
    public static Preloaded run(
            Path file, ColumnMapping mapping, EventFeed feed, DoubleConsumer progress)
            throws IOException {
        FilePreload preload = new FilePreload();
        try (EventFileReader reader = EventFileReader.open(file, mapping)) {
            for (InputRecord record = reader.next(); record != null; record = reader.next()) {
                preload.send(record, feed);
                if (preload.records % RECORDS_PER_REPORT == 0) {
                    progress.accept(Math.min(NOT_YET_ALL, reader.progress()));
                }
            }
        }
        feed.flush();
        progress.accept(1);
        return new Preloaded(preload.records, preload.lastEventTime);
    }

    private void send(InputRecord record, EventFeed feed) {
        feed.send(record);
        records++;
        Event event = record.event();
        if (event != null
                && !event.getEventType().equals(EventRules.ERASE)
                && rules.violation(event) == null) {
            lastEventTime = Math.max(lastEventTime, event.getEventTime().toEpochMilli());
        }
    }

    /**
     * What was copied.
     *
     * @param lastEventTime greatest time of a valid event, ms; 0 if no event is valid
     */
    public record Preloaded(long records, long lastEventTime) {}
}
