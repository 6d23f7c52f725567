// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.quickstart.InputRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.CountingInputStream;

/**
 * Reads a file of events in its own order: .csv, .jsonl (each also .gz) or .avro. A line that cannot be
 * read comes out as a record that cannot be decoded, so that the job can make it a dead letter.
 */
public final class EventFileReader implements AutoCloseable {
    private final InputStream input;
    private final CountingInputStream counter;
    private final long size;
    private final Records records;

    private EventFileReader(
            InputStream input, CountingInputStream counter, long size, Records records) {
        this.input = input;
        this.counter = counter;
        this.size = size;
        this.records = records;
    }

    /** Opens a file; refused if it is missing, of an unknown format, or lacks a column that must exist. */
    public static EventFileReader open(Path file, ColumnMapping mapping) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "is no file; check the path");
        }
        CountingInputStream counter =
                new CountingInputStream(new BufferedInputStream(Files.newInputStream(file)));
        InputStream input = counter;
        try {
            long size = Files.size(file);
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".gz") && size > 0) {
                input = new GZIPInputStream(counter, 1 << 16);
            }
            Records records =
                    size == 0 ? () -> null : records(file, stripSuffix(name), input, mapping);
            return new EventFileReader(input, counter, size, records);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** The next record, null at the end. */
    public InputRecord next() throws IOException {
        return records.next();
    }

    /** Share of the file's bytes read so far, 0 to 1. */
    public double progress() {
        return size == 0 ? 1 : Math.min(1, (double) counter.getByteCount() / size);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static Records records(Path file, String name, InputStream input, ColumnMapping mapping)
            throws IOException {
        if (name.endsWith(".csv")) {
            return new CsvRecords(file.toString(), lines(input), mapping);
        }
        if (name.endsWith(".jsonl")) {
            return new JsonRecords(lines(input), mapping);
        }
        if (name.endsWith(".avro")) {
            return new AvroRecords(file.toString(), input);
        }
        throw new IllegalArgumentException(
                "events: '" + file + "' is of no known format; use .csv, .csv.gz, .jsonl or .avro");
    }

    private static BufferedReader lines(InputStream input) {
        return new BufferedReader(new InputStreamReader(input, UTF_8));
    }

    private static String stripSuffix(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    /** Records of one format. */
    interface Records {
        /** The next record, null at the end. */
        InputRecord next() throws IOException;
    }
}
