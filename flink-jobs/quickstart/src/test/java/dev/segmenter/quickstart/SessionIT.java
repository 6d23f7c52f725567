// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.job.config.ConfigException;
import dev.segmenter.quickstart.broker.Ports;
import dev.segmenter.quickstart.options.QuickstartOptions;
import dev.segmenter.quickstart.synthetic.EventGenerator;
import dev.segmenter.quickstart.synthetic.GeneratorOptions;
import dev.segmenter.quickstart.synthetic.SyntheticRecord;
import dev.segmenter.quickstart.view.Screen;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SessionIT {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int DAYS = 30;

    @TempDir Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void replay_file_endsByItselfAndAccountsForEveryRecord() throws Exception {
        Path file = folder.resolve("shop.csv");
        int events = writeCsv(file);
        Path export = folder.resolve("export");

        session(Map.of("segmenter.export", export.toString())).replay(file);

        JsonNode summary = new ObjectMapper().readTree(export.resolve("summary.json").toFile());
        assertThat(summary.get("events_read").asInt()).isEqualTo(events + 2);
        assertThat(summary.get("processed").asInt()).isEqualTo(events);
        assertThat(summary.get("invalid").asInt()).isEqualTo(2);
        assertThat(summary.get("undecodable").asInt()).isEqualTo(1);
        assertThat(summary.get("model_versions").asInt()).isGreaterThan(1);
        assertThat(export.resolve("dead-letters.avro")).exists();
        assertThat(export.resolve("centroid-snapshots.avro")).exists();
        assertThat(export.resolve("report.html")).content(UTF_8).contains("\"input\":\"shop.csv\"");
        assertMembershipsEqualLastChanges(export, summary.get("users").asInt());
        assertThat(output.toString(UTF_8)).contains("http://127.0.0.1:", "100.0 %", "Summary");
    }

    @Test
    void replay_emptyFile_saysThatThereIsNothingToReplay() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.csv"));

        assertThatThrownBy(() -> session(Map.of()).replay(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.csv holds no records");
    }

    @Test
    void calibrate_file_endsByItselfAndWritesReportFiguresAndModel() throws Exception {
        Path file = folder.resolve("shop.csv");
        int events = writeCsv(file);
        Path export = folder.resolve("export");

        session(Map.of("segmenter.export", export.toString(), "segmenter.job.calibrate.max-k", "4"))
                .calibrate(file);

        JsonNode figures = new ObjectMapper().readTree(export.resolve("calibration.json").toFile());
        assertThat(figures.get("users").get("events").asInt()).isEqualTo(events);
        assertThat(figures.get("users").get("sampled").asInt()).isPositive();
        assertThat(figures.get("by_k")).hasSize(3);
        assertThat(figures.get("k")).isEqualTo(figures.get("recommendation").get("k"));
        assertThat(figures.get("segments")).hasSize(figures.get("k").asInt());
        assertThat(export.resolve("report.html")).content(UTF_8).contains("\"input\":\"shop.csv\"");
        try (DataFileReader<CentroidSnapshot> reader =
                new DataFileReader<>(
                        export.resolve("snapshot.avro").toFile(),
                        new SpecificDatumReader<>(CentroidSnapshot.class))) {
            CentroidSnapshot snapshot = reader.next();
            assertThat(snapshot.getModelId()).isEqualTo(figures.get("model_id").asText());
            assertThat(reader.hasNext()).isFalse();
        }
        assertThat(output.toString(UTF_8)).contains("Calibration", "K = ", "Exported to");
    }

    @Test
    void calibrate_fileWithoutUsableEvents_saysSoAndWritesNothing() throws Exception {
        Path file = folder.resolve("bad.csv");
        Files.write(
                file,
                List.of(
                        "event_time_ms,event_id,user_id,event_type,item_id,category,price,session_id",
                        "1704067200000,e,,view,,,,"));
        Path export = folder.resolve("export");

        assertThatThrownBy(
                        () ->
                                session(Map.of("segmenter.export", export.toString()))
                                        .calibrate(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bad.csv holds no usable event");
        assertThat(export).isEmptyDirectory();
    }

    @Test
    void live_forSomeSeconds_findsSegmentsAndStopsWithoutLoss() throws Exception {
        Path export = folder.resolve("export");
        Map<String, String> options =
                Map.of(
                        "segmenter.duration", "45s",
                        "segmenter.users", "600",
                        "segmenter.speed", "86400",
                        "segmenter.export", export.toString());

        session(options).live();

        JsonNode summary = new ObjectMapper().readTree(export.resolve("summary.json").toFile());
        long accounted = 0;
        for (String kind : List.of("processed", "duplicates", "late", "invalid", "over_quota")) {
            accounted += summary.get(kind).asLong();
        }
        assertThat(summary.get("events_read").asLong()).isEqualTo(accounted).isPositive();
        assertThat(summary.get("segments")).isNotEmpty();
        assertThat(export.resolve("report.html"))
                .content(UTF_8)
                .contains("\"input\":\"synthetic users\"");
        assertMembershipsEqualLastChanges(export, summary.get("users").asInt());
    }

    private Session session(Map<String, String> options) {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.put("segmenter.kafka.port", String.valueOf(Ports.any()));
        properties.put("segmenter.dashboard.port", String.valueOf(Ports.any()));
        properties.put("segmenter.parallelism", "2");
        return new Session(
                QuickstartOptions.from(properties),
                new Screen(new PrintStream(output, true, UTF_8), new NoTerminal()),
                new CountDownLatch(1));
    }

    /** Clean synthetic events, one without a user and one line that is none. */
    private static int writeCsv(Path file) throws IOException {
        EventGenerator generator = new EventGenerator(GeneratorOptions.clean(400, 42, START));
        List<String> lines = new ArrayList<>();
        lines.add("event_time_ms,event_id,user_id,event_type,item_id,category,price,session_id");
        for (SyntheticRecord record : generator.nextUntil(START.plus(Duration.ofDays(DAYS)))) {
            Event event = record.input().event();
            lines.add(
                    String.join(
                            ",",
                            String.valueOf(event.getEventTime().toEpochMilli()),
                            event.getEventId(),
                            event.getUserId(),
                            event.getEventType(),
                            event.getItemId(),
                            event.getCategory(),
                            event.getPrice().toString(),
                            event.getSessionId()));
        }
        int events = lines.size() - 1;
        lines.add("1704067200000,e,,view,,,,");
        lines.add("this is no event");
        Files.write(file, lines);
        return events;
    }

    private static void assertMembershipsEqualLastChanges(Path export, int users)
            throws IOException {
        Map<String, Integer> fromChanges = new HashMap<>();
        Path changes = export.resolve("segment-changes.avro");
        try (DataFileReader<SegmentChange> reader =
                new DataFileReader<>(
                        changes.toFile(), new SpecificDatumReader<>(SegmentChange.class))) {
            reader.forEach(
                    change -> {
                        if (change.getSegmentId() == null) {
                            fromChanges.remove(change.getUserId());
                        } else {
                            fromChanges.put(change.getUserId(), change.getSegmentId());
                        }
                    });
        }
        Map<String, Integer> fromMemberships = new HashMap<>();
        Path memberships = export.resolve("segment-memberships.avro");
        try (DataFileReader<SegmentMembership> reader =
                new DataFileReader<>(
                        memberships.toFile(), new SpecificDatumReader<>(SegmentMembership.class))) {
            reader.forEach(m -> fromMemberships.put(m.getUserId(), m.getSegmentId()));
        }
        assertThat(fromMemberships).hasSize(users).isNotEmpty().isEqualTo(fromChanges);
    }

    private static final class NoTerminal implements Screen.TerminalSize {
        @Override
        public boolean isTerminal() {
            return false;
        }

        @Override
        public int width() {
            return 80;
        }

        @Override
        public int height() {
            return 24;
        }
    }
}
