// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.job.MetricNames;
import dev.segmenter.quickstart.output.SegmentBoard.Figures;
import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import dev.segmenter.quickstart.view.SummaryText;
import dev.segmenter.schemas.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final Map<String, Long> COUNTERS =
            Map.of(
                    MetricNames.EVENTS_READ, 100L,
                    MetricNames.EVENTS_COUNTED, 80L,
                    MetricNames.ERASURES, 1L,
                    MetricNames.DUPLICATES, 5L,
                    MetricNames.LATE, 4L,
                    MetricNames.INVALID, 3L,
                    MetricNames.UNDECODABLE, 2L,
                    MetricNames.OVER_QUOTA, 5L,
                    MetricNames.VOTES, 40L);
    private static final Figures FIGURES =
            new Figures(
                    30,
                    35,
                    6,
                    7,
                    false,
                    null,
                    null,
                    List.of(new Segment(2, "buyers", 30, List.of("buys often", "spends much"))),
                    Map.of(Cause.FIRST, 35L, Cause.EXPIRY, 5L),
                    List.of());

    @Test
    void of_everyEventOnce_accountsForAllThatWasRead() {
        Summary summary = summary(COUNTERS, Duration.ofSeconds(4));

        assertThat(summary.processed()).isEqualTo(81);
        assertThat(summary.invalid()).isEqualTo(5);
        assertThat(summary.unaccounted()).isZero();
        assertThat(summary.eventsPerSecond()).isEqualTo(25);
        assertThat(SummaryText.of(summary)).noneMatch(line -> line.contains("neither"));
    }

    @Test
    void of_eventsMissing_saysHowMany() {
        Summary summary = summary(Map.of(MetricNames.EVENTS_READ, 3L), Duration.ZERO);

        assertThat(summary.unaccounted()).isEqualTo(3);
        assertThat(summary.eventsPerSecond()).isZero();
        assertThat(SummaryText.of(summary))
                .anyMatch(line -> line.startsWith("  3 events were read"));
    }

    @Test
    void write_json_hasTheDocumentedNames(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("summary.json");
        summary(COUNTERS, Duration.ofSeconds(4)).write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());

        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "events_read",
                        "users",
                        "invalid",
                        "late",
                        "duplicates",
                        "over_quota",
                        "processed",
                        "votes",
                        "model_versions",
                        "snapshots",
                        "changes_by_cause",
                        "segments",
                        "wall_seconds",
                        "events_per_second");
        assertThat(json.get("changes_by_cause").get("EXPIRY").asLong()).isEqualTo(5);
        assertThat(json.get("changes_by_cause").get("MODEL").asLong()).isZero();
        assertThat(json.get("segments").get(0).toString())
                .isEqualTo(
                        "{\"id\":2,\"label\":\"buyers\",\"users\":30,"
                                + "\"words\":[\"buys often\",\"spends much\"]}");
        assertThat(SummaryText.of(summary(COUNTERS, Duration.ofSeconds(4))))
                .anyMatch(line -> line.strip().equals("buys often; spends much"));
        assertThat(json.get("unaccounted")).isNull();
    }

    private static Summary summary(Map<String, Long> counters, Duration wall) {
        return Summary.of(name -> counters.getOrDefault(name, 0L), FIGURES, wall);
    }
}
