// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.quickstart.output.SegmentBoard.Figures;
import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import dev.segmenter.quickstart.view.ViewState.Refusals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Adds rates and trends to the figures of successive moments. Not safe for several threads. */
public final class StatusBoard {
    private static final Duration RATE_OVER = Duration.ofSeconds(5);
    private static final Duration TREND_OVER = Duration.ofSeconds(30);

    private final ToLongFunction<String> counter;
    private final Long recordsInAll;
    private final FeatureSet features;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Records in all: how many a replay will read, null for a stream without end. */
    public StatusBoard(ToLongFunction<String> counter, Long recordsInAll, FeatureSet features) {
        this.counter = counter;
        this.recordsInAll = recordsInAll;
        this.features = features;
    }

    /** The state at a moment after all earlier ones. */
    public ViewState at(Duration elapsed, Figures figures) {
        long read = counter.applyAsLong(MetricNames.EVENTS_READ);
        Map<Integer, Long> members =
                figures.segments().stream().collect(Collectors.toMap(Segment::id, Segment::users));
        samples.addLast(new Sample(elapsed, read, members));
        while (samples.peekFirst().age(elapsed).compareTo(TREND_OVER) > 0) {
            samples.removeFirst();
        }
        return new ViewState(
                elapsed,
                recordsInAll == null ? null : (double) read / Math.max(1, recordsInAll),
                read,
                rate(elapsed, read),
                refusals(),
                figures.users(),
                figures.version(),
                figures.warming(),
                figures.lastDifference(),
                figures.eventTime(),
                rows(figures),
                figures.lastChanges(),
                features);
    }

    private double rate(Duration elapsed, long read) {
        Sample base = samples.peekFirst();
        for (Sample sample : samples) {
            if (sample.age(elapsed).compareTo(RATE_OVER) >= 0) {
                base = sample;
            }
        }
        double seconds = base.age(elapsed).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : (read - base.read()) / seconds;
    }

    private Refusals refusals() {
        return new Refusals(
                counter.applyAsLong(MetricNames.DUPLICATES),
                counter.applyAsLong(MetricNames.LATE),
                counter.applyAsLong(MetricNames.INVALID)
                        + counter.applyAsLong(MetricNames.UNDECODABLE),
                counter.applyAsLong(MetricNames.OVER_QUOTA));
    }

    private List<SegmentRow> rows(Figures figures) {
        Map<Integer, Long> before = samples.peekFirst().members();
        double users = Math.max(1, figures.users());
        return figures.segments().stream()
                .map(
                        s ->
                                new SegmentRow(
                                        s.id(),
                                        s.label(),
                                        s.users(),
                                        s.users() / users,
                                        s.users() - before.getOrDefault(s.id(), 0L),
                                        s.words()))
                .toList();
    }

    private record Sample(Duration at, long read, Map<Integer, Long> members) {
        Duration age(Duration now) {
            return now.minus(at);
        }
    }
}
