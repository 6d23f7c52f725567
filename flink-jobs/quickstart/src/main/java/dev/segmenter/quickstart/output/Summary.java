// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segmenter.job.MetricNames;
import dev.segmenter.quickstart.output.SegmentBoard.Figures;
import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import dev.segmenter.schemas.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a run did: eventsRead = processed + duplicates + late + invalid + overQuota.
 *
 * @param users in a segment at the end
 * @param usersSeen that ever were in one
 * @param processed counted in features, erasures among them
 * @param invalid broke a rule or could not be decoded
 * @param undecodable those of the invalid that could not be decoded
 * @param modelVersions number of the newest version
 * @param snapshots records in their topic
 * @param changesByCause every cause, 0 where it did not occur
 * @param segments by id
 * @param wallSeconds from the job's submission to its end
 */
public record Summary(
        long eventsRead,
        long users,
        long usersSeen,
        long processed,
        long duplicates,
        long late,
        long invalid,
        long undecodable,
        long overQuota,
        long erasures,
        long votes,
        long modelVersions,
        long snapshots,
        Map<String, Long> changesByCause,
        List<Segment> segments,
        double wallSeconds,
        double eventsPerSecond) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /** From the job's counters, by name, and the output topics' figures. */
    public static Summary of(ToLongFunction<String> counter, Figures figures, Duration wall) {
        long read = counter.applyAsLong(MetricNames.EVENTS_READ);
        long undecodable = counter.applyAsLong(MetricNames.UNDECODABLE);
        long erasures = counter.applyAsLong(MetricNames.ERASURES);
        double seconds = wall.toMillis() / 1000.0;
        return new Summary(
                read,
                figures.users(),
                figures.usersSeen(),
                counter.applyAsLong(MetricNames.EVENTS_COUNTED) + erasures,
                counter.applyAsLong(MetricNames.DUPLICATES),
                counter.applyAsLong(MetricNames.LATE),
                counter.applyAsLong(MetricNames.INVALID) + undecodable,
                undecodable,
                counter.applyAsLong(MetricNames.OVER_QUOTA),
                erasures,
                counter.applyAsLong(MetricNames.VOTES),
                figures.version(),
                figures.snapshots(),
                byCause(figures.changesByCause()),
                figures.segments(),
                seconds,
                seconds == 0 ? 0 : read / seconds);
    }

    /** Events read that are neither processed nor refused; 0 unless the job lost or is holding some. */
    public long unaccounted() {
        return eventsRead - processed - duplicates - late - invalid - overQuota;
    }

    /** Writes it as JSON, names in snake case. */
    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    private static Map<String, Long> byCause(Map<Cause, Long> changes) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            named.put(cause.name(), changes.getOrDefault(cause, 0L));
        }
        return named;
    }
}
