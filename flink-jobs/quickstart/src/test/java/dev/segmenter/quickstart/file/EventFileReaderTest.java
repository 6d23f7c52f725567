// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileReaderTest {
    private static final String HEADER =
            "event_time_ms,event_id,user_id,event_type,item_id,category,price,session_id\n";
    private static final Event EVENT =
            Event.newBuilder()
                    .setEventId("e1")
                    .setUserId("alice")
                    .setEventTime(Instant.ofEpochMilli(1_700_000_000_000L))
                    .setEventType("purchase")
                    .setItemId("lamp")
                    .setCategory("home")
                    .setPrice(12.5)
                    .setSessionId("s1")
                    .build();
    private static final String ROW = "1700000000000,e1,alice,purchase,lamp,home,12.5,s1\n";

    @TempDir Path folder;

    @Test
    void csv_everyColumn_becomesTheEventInSingleObjectEncoding() throws IOException {
        List<InputRecord> records = read(write("a.csv", HEADER + ROW));

        assertThat(records).hasSize(1);
        assertThat(records.get(0).event()).isEqualTo(EVENT);
        assertThat(Event.fromByteBuffer(ByteBuffer.wrap(records.get(0).value()))).isEqualTo(EVENT);
        assertThat(records.get(0).key()).isEqualTo("alice".getBytes(UTF_8));
    }

    @Test
    void csvGz_readsAsCsv() throws IOException {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + ROW).getBytes(UTF_8));
        }

        assertThat(events(read(file))).containsExactly(EVENT);
    }

    @Test
    void jsonl_numbersAndInstants_becomeTheEvent() throws IOException {
        String fields =
                "\"event_id\":\"e1\",\"user_id\":\"alice\",\"event_type\":\"purchase\","
                        + "\"item_id\":\"lamp\",\"category\":\"home\",\"price\":12.5,"
                        + "\"session_id\":\"s1\"}\n";
        Path file =
                write(
                        "a.jsonl",
                        "{\"event_time\":1700000000000,"
                                + fields
                                + "\n{\"event_time\":\"2023-11-14T22:13:20Z\","
                                + fields);

        assertThat(events(read(file))).containsExactly(EVENT, EVENT);
    }

    @Test
    void jsonl_furtherMembers_becomeAttributes() throws IOException {
        Path file =
                write(
                        "a.jsonl",
                        "{\"event_time\":1,\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"view\","
                                + "\"device\":\"phone\",\"page\":7,\"gone\":null,"
                                + "\"attributes\":{\"campaign\":\"spring\"}}");

        assertThat(events(read(file)).get(0).getAttributes())
                .isEqualTo(Map.of("device", "phone", "page", "7", "campaign", "spring"));
    }

    @Test
    void avro_container_becomesItsEventsInOrder() throws IOException {
        Event second = Event.newBuilder(EVENT).setEventId("e2").build();
        Path file = folder.resolve("a.avro");
        try (DataFileWriter<Event> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(Event.class))) {
            writer.create(Event.getClassSchema(), file.toFile());
            writer.append(EVENT);
            writer.append(second);
        }

        assertThat(events(read(file))).containsExactly(EVENT, second);
    }

    @Test
    void csv_quotedFields_mayHoldCommasQuotesAndLineBreaks() throws IOException {
        List<Event> events =
                events(
                        read(
                                write(
                                        "a.csv",
                                        HEADER
                                                + "1,e1,u,view,\"a, b\",\"say \"\"hi\"\"\",,\n"
                                                + "2,e2,u,view,\"two\nlines\",\"\",,\n"
                                                + "3,e3,u,view,5\" screen,,,\n")));

        assertThat(events)
                .extracting(Event::getItemId)
                .containsExactly("a, b", "two\nlines", "5\" screen");
        assertThat(events.get(0).getCategory()).isEqualTo("say \"hi\"");
        assertThat(events.get(1).getCategory()).isNull();
    }

    @Test
    void csv_quoteNeverClosed_spoilsItsOwnLineOnly() throws IOException {
        String bad = "1,e0,u,view,\"open,,,";
        List<InputRecord> records = read(write("a.csv", HEADER + bad + "\n" + ROW + ROW));

        assertThat(records).hasSize(3);
        assertThat(records.get(0).event()).isNull();
        assertThat(records.get(0).value()).isEqualTo(bad.getBytes(UTF_8));
        assertThat(records.get(2).event()).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon,e1,u,view,,,,",
                ",e1,u,view,,,,",
                "1,e1,u,view,,,cheap,",
                "1,e1,u,view",
                "1,e1,u,view,,,,,,,"
            })
    void csv_badLine_isSentOnAsItIs(String bad) throws IOException {
        List<InputRecord> records = read(write("a.csv", HEADER + bad + "\n" + ROW));

        assertThat(records).hasSize(2);
        assertThat(records.get(0).event()).isNull();
        assertThat(records.get(0).value()).isEqualTo(bad.getBytes(UTF_8));
        assertThat(records.get(1).event()).isEqualTo(EVENT);
    }

    @Test
    void csv_blankIds_reachTheJobAsInvalidEvents() throws IOException {
        Event event = events(read(write("a.csv", HEADER + "1,,,,,,-3,\n"))).get(0);

        assertThat(event.getUserId()).isEmpty();
        assertThat(event.getEventId()).isEmpty();
        assertThat(event.getEventType()).isEmpty();
        assertThat(event.getPrice()).isEqualTo(-3.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not json", "[1]", "{\"event_time\":\"x\",\"user_id\":\"u\"}", "{\"a\":"})
    void jsonl_badLine_isSentOnAsItIs(String bad) throws IOException {
        List<InputRecord> records = read(write("a.jsonl", bad + "\n"));

        assertThat(records).singleElement().extracting(InputRecord::event).isNull();
        assertThat(records.get(0).value()).isEqualTo(bad.getBytes(UTF_8));
    }

    @Test
    void csv_otherColumnNames_areMappedAndTheRestBecomesAttributes() throws IOException {
        Path file =
                write("a.csv", "\uFEFFts,customer,action,device\n1700000000000,bob,view,phone\n");
        ColumnMapping mapping =
                ColumnMapping.parse("event_time=ts, user_id=customer,event_type=action");

        Event event = events(read(file, mapping)).get(0);

        assertThat(event.getUserId()).isEqualTo("bob");
        assertThat(event.getEventId()).isEqualTo("record-1");
        assertThat(event.getAttributes()).isEqualTo(Map.of("device", "phone"));
    }

    @Test
    void csv_columnMissing_refusedWithItsNameAndRemedy() throws IOException {
        Path file = write("a.csv", "event_time,customer,event_type\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column for user_id")
                .hasMessageContaining("customer")
                .hasMessageContaining("user_id=<column>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.csv", "empty.csv.gz", "empty.jsonl", "empty.avro"})
    void emptyFile_hasNoRecords(String name) throws IOException {
        assertThat(read(write(name, ""))).isEmpty();
    }

    @Test
    void csv_headerOnly_hasNoRecords() throws IOException {
        assertThat(read(write("a.csv", HEADER))).isEmpty();
    }

    @Test
    void open_unknownFormat_refusedWithTheFormatsThatAre() throws IOException {
        Path file = write("a.xlsx", "x");

        assertThatThrownBy(() -> read(file)).hasMessageContaining(".csv, .csv.gz, .jsonl or .avro");
    }

    @Test
    void open_missingFile_refusedWithItsPath() {
        assertThatThrownBy(() -> read(folder.resolve("nowhere.csv")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.csv")
                .hasMessageContaining("check the path");
    }

    @Test
    void progress_atTheEnd_isOne() throws IOException {
        try (EventFileReader reader =
                EventFileReader.open(write("a.csv", HEADER + ROW), ColumnMapping.standard())) {
            while (reader.next() != null) {
                assertThat(reader.progress()).isBetween(0.0, 1.0);
            }
            assertThat(reader.progress()).isEqualTo(1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "user=x", "user_id=", "=x", ""})
    void mapping_notReadable_refused(String text) {
        assertThatThrownBy(() -> ColumnMapping.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("columns: ");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<Event> events(List<InputRecord> records) {
        return records.stream().map(InputRecord::event).toList();
    }

    private static List<InputRecord> read(Path file) throws IOException {
        return read(file, ColumnMapping.standard());
    }

    private static List<InputRecord> read(Path file, ColumnMapping mapping) throws IOException {
        List<InputRecord> records = new ArrayList<>();
        try (EventFileReader reader = EventFileReader.open(file, mapping)) {
            for (InputRecord r = reader.next(); r != null; r = reader.next()) {
                records.add(r);
            }
        }
        return records;
    }
}
