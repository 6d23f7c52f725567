// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.quickstart.report.ReportData.History;
import dev.segmenter.quickstart.report.ReportData.Life;
import dev.segmenter.quickstart.report.ReportData.Mark;
import dev.segmenter.quickstart.report.ReportData.MarkKind;
import dev.segmenter.quickstart.report.ReportData.ModelEvent;
import dev.segmenter.quickstart.report.ReportData.QualityPoint;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the model, version by version, in bounded memory: of a long history every n-th quality. */
final class ModelHistory {
    static final int MOST_POINTS = 800;
    static final int MOST_EVENTS = 200;

    /** Share of the trainer's sample that must change segment for a version to be notable. */
    private static final double STIR = 0.05;

    private final FeatureSet features;
    private final List<QualityPoint> quality = new ArrayList<>();
    private final Map<Integer, Life> lives = new TreeMap<>();
    private final Deque<ModelEvent> events = new ArrayDeque<>();
    private int every = 1;
    private long versions;
    private long eventsOmitted;
    private CentroidSnapshot last;

    ModelHistory(FeatureSet features) {
        this.features = features;
    }

    /** Versions come in their order. */
    void add(CentroidSnapshot snapshot) {
        notePoint(snapshot);
        noteLives(snapshot);
        List<Mark> marks = marks(snapshot);
        if (!marks.isEmpty()) {
            noteEvent(snapshot, marks);
        }
        last = snapshot;
        versions++;
    }

    /** The newest version, null if there is none. */
    CentroidSnapshot last() {
        return last;
    }

    long versions() {
        return versions;
    }

    History history() {
        return new History(
                every,
                List.copyOf(quality),
                List.copyOf(lives.values()),
                List.copyOf(events),
                eventsOmitted);
    }

    private void notePoint(CentroidSnapshot snapshot) {
        if (versions % every != 0) {
            return;
        }
        Quality figures = snapshot.getQuality();
        quality.add(
                new QualityPoint(
                        snapshot.getVersion(),
                        snapshot.getCreatedAt().toEpochMilli(),
                        figures.getVotes(),
                        figures.getInertiaPerVote(),
                        figures.getSilhouette(),
                        figures.getDriftScore(),
                        snapshot.getRelabelled()));
        if (quality.size() > MOST_POINTS) {
            halve();
        }
    }

    private void halve() {
        for (int i = quality.size() - 1; i > 0; i--) {
            if (i % 2 != 0) {
                quality.remove(i);
            }
        }
        every *= 2;
    }

    private void noteLives(CentroidSnapshot snapshot) {
        long time = snapshot.getCreatedAt().toEpochMilli();
        for (Centroid centroid : snapshot.getCentroids()) {
            lives.putIfAbsent(
                    centroid.getSegmentId(), new Life(centroid.getSegmentId(), time, null));
        }
        lives.replaceAll(
                (id, life) ->
                        life.died() == null && centroid(snapshot, id) == null
                                ? new Life(id, life.born(), time)
                                : life);
    }

    private void noteEvent(CentroidSnapshot snapshot, List<Mark> marks) {
        events.addLast(
                new ModelEvent(
                        snapshot.getVersion(),
                        snapshot.getCreatedAt().toEpochMilli(),
                        marks,
                        ModelDifference.between(last, snapshot, features).statements()));
        if (events.size() > MOST_EVENTS) {
            events.removeFirst();
            eventsOmitted++;
        }
    }

    private List<Mark> marks(CentroidSnapshot snapshot) {
        List<Mark> marks = new ArrayList<>();
        for (Lineage lineage : snapshot.getLineage()) {
            switch (lineage.getFate()) {
                case BORN -> marks.add(new Mark(MarkKind.BORN, lineage.getSegmentId()));
                case SPLIT -> marks.add(new Mark(MarkKind.SPLIT, lineage.getSegmentId()));
                case MERGED -> marks.add(new Mark(MarkKind.MERGED, lineage.getSegmentId()));
                case DIED -> marks.add(new Mark(MarkKind.DIED, lineage.getSegmentId()));
                case SURVIVED -> markNewWording(snapshot, lineage.getSegmentId(), marks);
            }
        }
        if (last != null && snapshot.getRescaled()) {
            marks.add(new Mark(MarkKind.RESCALED, null));
        }
        if (snapshot.getRelabelled() >= STIR) {
            marks.add(new Mark(MarkKind.RELABELLED, null));
        }
        return marks;
    }

    private void markNewWording(CentroidSnapshot snapshot, int id, List<Mark> marks) {
        Centroid before = last == null ? null : centroid(last, id);
        Centroid now = centroid(snapshot, id);
        if (before != null && now != null && !before.getLabel().equals(now.getLabel())) {
            marks.add(new Mark(MarkKind.RENAMED, id));
        }
    }

    private static Centroid centroid(CentroidSnapshot snapshot, int id) {
        return snapshot.getCentroids().stream()
                .filter(c -> c.getSegmentId() == id)
                .findFirst()
                .orElse(null);
    }
}
