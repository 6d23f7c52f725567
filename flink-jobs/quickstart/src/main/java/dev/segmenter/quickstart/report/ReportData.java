// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.segmenter.schemas.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Everything that the page shows, as it is embedded into it (JSON, these names). Times are epoch
 * milliseconds of event time, shares 0 to 1.
 *
 * @param input what was read, in words
 * @param writtenAt when the report was made, wall clock
 * @param from first event time of any record, null for none
 * @param to last event time of any record, null for none
 * @param model the last version, null if there is none
 * @param findings what stands out, a sentence each
 * @param segments all that ever were, by id
 */
record ReportData(
        String input,
        long writtenAt,
        Long from,
        Long to,
        Model model,
        Counts counts,
        List<String> findings,
        List<SegmentCard> segments,
        SizeSeries sizes,
        List<FlowPeriod> flows,
        SegmentMap map,
        History history,
        List<ChangeCard> changes) {

    record Model(
            String name,
            long version,
            String id,
            String measure,
            int k,
            int live,
            int features,
            boolean warming,
            long effectiveFrom) {}

    /**
     * @param refused records read that were not processed, by reason
     * @param changes by cause
     */
    record Counts(
            long events,
            long processed,
            Map<String, Long> refused,
            long votes,
            long users,
            long usersSeen,
            long versions,
            Map<String, Long> changes) {}

    /**
     * @param users members at the end
     * @param before members one trend period earlier
     * @param trendDays length of that period
     * @param joined moves and first assignments into it
     * @param left moves out of it and exits
     * @param sentence what sets it apart, null if it is dead
     */
    record SegmentCard(
            int id,
            String label,
            boolean alive,
            long users,
            long before,
            long trendDays,
            long joined,
            long left,
            String sentence,
            List<TraitBar> traits) {}

    /**
     * @param value mean in the segment, own unit; null if unknown
     * @param population mean overall, own unit; null if unknown
     * @param sigmas deviation from the population; 0 for a feature that is reported only
     */
    record TraitBar(
            String feature,
            String title,
            String words,
            Double value,
            Double population,
            double sigmas) {}

    /**
     * @param users by segment id, one number a time
     */
    record SizeSeries(List<Long> times, Map<Integer, long[]> users) {}

    record FlowPeriod(String name, List<Flow> flows) {}

    /**
     * @param from segment, 0 for none
     * @param to segment, 0 for none
     */
    record Flow(int from, int to, Cause cause, long count) {
        static Flow of(Move move, long count) {
            return new Flow(move.from(), move.to(), move.cause(), count);
        }
    }

    /**
     * @param axes two, one if there is only one feature, none without points
     * @param users a sample
     */
    record SegmentMap(List<Axis> axes, List<MapPoint> centroids, List<MapPoint> users) {
        static final SegmentMap EMPTY = new SegmentMap(List.of(), List.of(), List.of());
    }

    /**
     * @param share of the variance
     * @param loadings strongest first
     */
    record Axis(double share, List<Loading> loadings) {}

    record Loading(String feature, String title, double weight) {
        static final Comparator<Loading> STRONGEST_FIRST =
                Comparator.comparingDouble(l -> -Math.abs(l.weight()));
    }

    /** Written as an array, since there are many. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record MapPoint(int segment, double x, double y) {}

    /**
     * @param every how many versions there are for one point of quality
     * @param lives of the segments, by id
     * @param events oldest first, the newest ones if there were too many
     * @param eventsOmitted how many older ones are left out
     */
    record History(
            int every,
            List<QualityPoint> quality,
            List<Life> lives,
            List<ModelEvent> events,
            long eventsOmitted) {}

    record QualityPoint(
            long version,
            long time,
            long votes,
            Double inertia,
            Double silhouette,
            Double drift,
            double relabelled) {}

    /**
     * @param died null while it lives
     */
    record Life(int segment, long born, Long died) {}

    /** A version in which more changed than the centroids' places. */
    record ModelEvent(long version, long time, List<Mark> marks, List<String> statements) {}

    /**
     * @param segment null for a mark of the whole model
     */
    record Mark(MarkKind kind, Integer segment) {}

    /** What a version may be marked with: fates of segments, new wordings, new scales, a stir. */
    enum MarkKind {
        BORN,
        SPLIT,
        MERGED,
        DIED,
        RENAMED,
        RESCALED,
        RELABELLED
    }

    /**
     * @param alike changes of the same kind, itself among them
     * @param reason cause and decisive features in words
     */
    record ChangeCard(
            String user,
            long time,
            int from,
            int to,
            String fromLabel,
            String toLabel,
            Cause cause,
            Long version,
            Double margin,
            Double distanceBefore,
            Double distance,
            long alike,
            String reason,
            List<FeatureMove> features) {}

    record FeatureMove(
            String feature, String title, double before, double value, double contribution) {}
}
