// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.explain.ChangeStory;
import dev.segmenter.model.explain.FeatureWords;
import dev.segmenter.model.explain.SegmentProfile;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.quickstart.output.OutputListener;
import dev.segmenter.quickstart.output.Summary;
import dev.segmenter.quickstart.report.ReportData.ChangeCard;
import dev.segmenter.quickstart.report.ReportData.Counts;
import dev.segmenter.quickstart.report.ReportData.FeatureMove;
import dev.segmenter.quickstart.report.ReportData.Model;
import dev.segmenter.quickstart.report.ReportData.SegmentCard;
import dev.segmenter.quickstart.report.ReportData.SegmentMap;
import dev.segmenter.quickstart.report.ReportData.SizeSeries;
import dev.segmenter.quickstart.report.TellingChanges.Told;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the report's data in one pass over the output, in memory that does not grow with the changes. */
public final class ReportCollector implements OutputListener {
    private static final int SAMPLED_USERS = 6_000;
    private static final int SHOWN_USERS = 1_500;
    private static final int DECISIVE_FEATURES = 3;

    private final ReportContext context;
    private final FeatureWords words;
    private final ModelHistory history;
    private final MoveCounts moves = new MoveCounts();
    private final TellingChanges telling = new TellingChanges();
    private final UserPositions positions = new UserPositions(SAMPLED_USERS);
    private final SortedMap<Integer, String> labels = new TreeMap<>();
    private final SortedMap<Integer, Long> members = new TreeMap<>();
    private Instant first;
    private Instant last;

    public ReportCollector(ReportContext context) {
        this.context = context;
        this.words = new FeatureWords(context.features());
        this.history = new ModelHistory(context.features());
    }

    @Override
    public void snapshot(CentroidSnapshot snapshot) {
        history.add(snapshot);
        snapshot.getCentroids().forEach(c -> labels.put(c.getSegmentId(), c.getLabel()));
        reach(snapshot.getObservedSince());
        reach(snapshot.getCreatedAt());
    }

    @Override
    public void membership(SegmentMembership membership) {
        members.merge(membership.getSegmentId(), 1L, Long::sum);
        labels.putIfAbsent(membership.getSegmentId(), membership.getSegmentLabel());
        positions.member(membership.getUserId(), membership.getSegmentId());
        reach(membership.getUpdatedAt());
    }

    @Override
    public void change(SegmentChange change) {
        moves.add(change.getEventTime(), Move.of(change));
        telling.add(change);
        positions.change(change);
        if (change.getSegmentId() != null) {
            labels.putIfAbsent(change.getSegmentId(), change.getSegmentLabel());
        }
        if (change.getPreviousSegmentId() != null) {
            labels.putIfAbsent(change.getPreviousSegmentId(), change.getPreviousSegmentLabel());
        }
        reach(change.getEventTime());
    }

    /** All that was heard, put together for the page. */
    ReportData data() {
        Sizes sizes = Sizes.of(moves, members, last == null ? 0 : last.toEpochMilli());
        CentroidSnapshot snapshot = history.last();
        List<SegmentCard> segments =
                new SegmentCards(moves, sizes, Calendar.of(Flows.span(moves)).about(), this::title)
                        .of(labels, members, profiles(snapshot));
        return new ReportData(
                context.input(),
                context.writtenAt().toEpochMilli(),
                first == null ? null : first.toEpochMilli(),
                last == null ? null : last.toEpochMilli(),
                snapshot == null ? null : model(snapshot),
                counts(context.summary()),
                Findings.of(segments, moves.total()),
                segments,
                new SizeSeries(sizes.times(), sizes.users()),
                Flows.of(moves),
                snapshot == null ? SegmentMap.EMPTY : map(snapshot),
                history.history(),
                telling.chosen().stream().map(this::card).toList());
    }

    private List<SegmentProfile> profiles(CentroidSnapshot snapshot) {
        return snapshot == null ? List.of() : SegmentProfile.of(snapshot, context.features());
    }

    private SegmentMap map(CentroidSnapshot snapshot) {
        return CentroidMap.of(
                snapshot,
                positions.positions(snapshot.getFeatureNames(), SHOWN_USERS),
                this::title);
    }

    private Model model(CentroidSnapshot snapshot) {
        return new Model(
                snapshot.getModelName(),
                snapshot.getVersion(),
                snapshot.getModelId(),
                snapshot.getMeasure(),
                context.k(),
                snapshot.getCentroids().size(),
                snapshot.getFeatureNames().size(),
                snapshot.getWarming(),
                snapshot.getEffectiveFrom().toEpochMilli());
    }

    private Counts counts(Summary summary) {
        Map<String, Long> refused = new LinkedHashMap<>();
        refused.put("duplicates", summary.duplicates());
        refused.put("late", summary.late());
        refused.put("invalid", summary.invalid());
        refused.put("over quota", summary.overQuota());
        return new Counts(
                summary.eventsRead(),
                summary.processed(),
                refused,
                summary.votes(),
                summary.users(),
                summary.usersSeen(),
                history.versions(),
                summary.changesByCause());
    }

    private ChangeCard card(Told told) {
        SegmentChange change = told.change();
        Move move = Move.of(change);
        return new ChangeCard(
                change.getUserId(),
                change.getEventTime().toEpochMilli(),
                move.from(),
                move.to(),
                change.getPreviousSegmentLabel(),
                change.getSegmentLabel(),
                change.getCause(),
                change.getModelVersion(),
                change.getMargin(),
                change.getPreviousDistanceSquared(),
                change.getDistanceSquared(),
                told.alike(),
                ChangeStory.reason(change, context.features(), DECISIVE_FEATURES),
                change.getContributions().stream()
                        .map(
                                c ->
                                        new FeatureMove(
                                                c.getFeature(),
                                                title(c.getFeature()),
                                                c.getPreviousValue(),
                                                c.getValue(),
                                                c.getContribution()))
                        .toList());
    }

    /** What a feature measures, with its unit where the words do not say it. */
    private String title(String name) {
        FeatureSet features = context.features();
        FeatureSpec feature = features.features().get(features.indexOf(name));
        String title = words.title(feature);
        return feature.kind() == FeatureKind.RECENCY ? title + ", days" : title;
    }

    private void reach(Instant time) {
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }
}
