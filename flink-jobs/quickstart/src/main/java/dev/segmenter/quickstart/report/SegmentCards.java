// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.explain.SegmentProfile;
import dev.segmenter.model.explain.Trait;
import dev.segmenter.quickstart.report.ReportData.SegmentCard;
import dev.segmenter.quickstart.report.ReportData.TraitBar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One card a segment: what sets it apart, how many are in it, how that has changed. */
final class SegmentCards {
    private final SortedMap<Move, Long> moves;
    private final Sizes sizes;
    private final Duration trend;
    private final UnaryOperator<String> title;

    /**
     * @param trend how far back the trend looks
     * @param title from a feature's name to words
     */
    SegmentCards(MoveCounts moves, Sizes sizes, Duration trend, UnaryOperator<String> title) {
        this.moves = moves.total();
        this.sizes = sizes;
        this.trend = trend;
        this.title = title;
    }

    /**
     * All segments by id.
     *
     * @param labels the last label of each segment that ever was
     * @param members users of each at the end
     * @param profiles of those alive
     */
    List<SegmentCard> of(
            SortedMap<Integer, String> labels,
            Map<Integer, Long> members,
            List<SegmentProfile> profiles) {
        Map<Integer, SegmentProfile> alive = new TreeMap<>();
        profiles.forEach(profile -> alive.put(profile.segmentId(), profile));
        return labels.entrySet().stream()
                .map(
                        e ->
                                card(
                                        e.getKey(),
                                        e.getValue(),
                                        members.getOrDefault(e.getKey(), 0L),
                                        alive.get(e.getKey())))
                .toList();
    }

    private SegmentCard card(int id, String label, long users, SegmentProfile profile) {
        return new SegmentCard(
                id,
                label,
                profile != null,
                users,
                sizes.usersBefore(id, trend),
                trend.toDays(),
                sum(id, true),
                sum(id, false),
                profile == null ? null : profile.sentence(),
                profile == null ? List.of() : profile.traits().stream().map(this::bar).toList());
    }

    private long sum(int id, boolean in) {
        return moves.entrySet().stream()
                .filter(e -> (in ? e.getKey().to() : e.getKey().from()) == id)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private TraitBar bar(Trait trait) {
        return new TraitBar(
                trait.feature(),
                title.apply(trait.feature()),
                trait.words(),
                known(trait.value()),
                known(trait.population()),
                trait.sigmas());
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
