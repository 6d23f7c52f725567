// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.quickstart.InputRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV (RFC 4180) with a header; columns that are no field of an event become attributes. */
final class CsvRecords implements EventFileReader.Records {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
    private static final List<String> REQUIRED = List.of("event_time", "user_id", "event_type");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final LogicalLines lines;
    private final Map<String, Integer> columnOfField = new HashMap<>();
    private final Map<String, Integer> columnOfAttribute = new LinkedHashMap<>();
    private final int columns;
    private long record;

    CsvRecords(String file, BufferedReader reader, ColumnMapping mapping) throws IOException {
        this.lines = new LogicalLines(reader);
        String header = lines.next();
        List<String> names = header == null ? List.of() : names(header);
        this.columns = names.size();
        if (header != null) {
            locate(file, names, mapping);
        }
    }

    @Override
    public InputRecord next() throws IOException {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        record++;
        try {
            return read(line);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return InputRecord.undecodable(null, line.getBytes(UTF_8));
        }
    }

    private InputRecord read(String line) throws IOException {
        CSVRecord row = split(line);
        if (row.size() != columns) {
            throw new IllegalArgumentException(row.size() + " columns instead of " + columns);
        }
        Map<String, String> attributes = new HashMap<>();
        columnOfAttribute.forEach((name, column) -> attributes.put(name, row.get(column)));
        return InputRecord.of(EventParser.parse(field -> value(row, field), attributes));
    }

    /** Logs without event ids are common: the record's number then tells events apart. */
    private String value(CSVRecord row, String field) {
        Integer column = columnOfField.get(field);
        if (column != null) {
            return row.get(column);
        }
        return field.equals("event_id") ? "record-" + record : null;
    }

    private void locate(String file, List<String> names, ColumnMapping mapping) {
        Set<String> existing = new LinkedHashSet<>(names);
        for (String field : ColumnMapping.fields()) {
            mapping.columnOf(field, existing)
                    .ifPresent(column -> columnOfField.put(field, names.indexOf(column)));
        }
        for (String field : REQUIRED) {
            if (!columnOfField.containsKey(field)) {
                throw new IllegalArgumentException(
                        "columns: "
                                + file
                                + " has no column for "
                                + field
                                + " among "
                                + names
                                + "; map it with "
                                + field
                                + "=<column>");
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (!columnOfField.containsValue(i) && !names.get(i).isEmpty()) {
                columnOfAttribute.put(names.get(i), i);
            }
        }
    }

    private static List<String> names(String header) throws IOException {
        String text = header.charAt(0) == BYTE_ORDER_MARK ? header.substring(1) : header;
        return split(text).stream().map(String::strip).toList();
    }

    private static CSVRecord split(String line) throws IOException {
        try (CSVParser parser = CSVParser.parse(line, FORMAT)) {
            return parser.iterator().next();
        }
    }
}
