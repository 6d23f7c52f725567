// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.io.InputStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;

/** An Avro container of events, of this or an older version of their schema. */
final class AvroRecords implements EventFileReader.Records {
    private final String file;
    private final DataFileStream<Event> events;

    AvroRecords(String file, InputStream input) throws IOException {
        this.file = file;
        this.events = new DataFileStream<>(input, new SpecificDatumReader<>(Event.class));
    }

    @Override
    public InputRecord next() throws IOException {
        try {
            return events.hasNext() ? InputRecord.of(events.next()) : null;
        } catch (AvroRuntimeException e) {
            throw new IOException(file + " is damaged: its Avro blocks cannot be read", e);
        }
    }
}
