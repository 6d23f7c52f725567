// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Drift;
import dev.segmenter.schemas.Quality;
import dev.segmenter.schemas.Shadow;
import java.util.function.Function;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What train reports of the trainer: votes, quality, drift, and the shadow models by their K. */
final class TrainMetrics {
    private final MetricGroup group;
    private final Trainer trainer;
    private final Counter late;
    private final Counter thinned;
    private final Counter batches;
    private final Counter alarms;
    private long reportedLate;
    private long reportedThinned;
    private long reportedBatches;
    private long reportedAlarms;

    /** Counters start at 0 from where the trainer is now. */
    TrainMetrics(MetricGroup group, Trainer trainer, TrainerOptions options) {
        this.group = group;
        this.trainer = trainer;
        late = group.counter(MetricNames.LATE_VOTES);
        thinned = group.counter(MetricNames.THINNED_VOTES);
        batches = group.counter(MetricNames.BATCHES);
        alarms = group.counter(MetricNames.DRIFT_ALARMS);
        noteReported();
        group.gauge(MetricNames.MODEL_VERSION, (Gauge<Long>) this::version);
        group.gauge(
                MetricNames.INERTIA,
                (Gauge<Double>) () -> trainer.lastInertia().orElse(Double.NaN));
        quality(MetricNames.SILHOUETTE, Quality::getSilhouette);
        quality(MetricNames.DAVIES_BOULDIN, Quality::getDaviesBouldin);
        quality(MetricNames.OUTLIER_SHARE, Quality::getOutlierShare);
        group.gauge(
                MetricNames.RELABELLED,
                (Gauge<Double>) () -> orNaN(ofSnapshot(CentroidSnapshot::getRelabelled)));
        group.gauge(
                MetricNames.DRIFT_SCORE,
                (Gauge<Double>) () -> trainer.driftScore().orElse(Double.NaN));
        drift(MetricNames.DRIFT_LEVEL, Drift::getLevel);
        drift(MetricNames.CENTROID_SHIFT, Drift::getCentroidShift);
        drift(MetricNames.SEGMENT_MIX, Drift::getSegmentMix);
        group.gauge(MetricNames.DRIFTING, (Gauge<Integer>) () -> trainer.drifting() ? 1 : 0);
        group.gauge(MetricNames.HALF_LIFE_MS, (Gauge<Long>) () -> trainer.halfLife().toMillis());
        for (int k : options.shadowKs()) {
            shadow(MetricNames.SHADOW_INERTIA, k, Shadow::getInertiaPerVote);
            shadow(MetricNames.SHADOW_SILHOUETTE, k, Shadow::getSilhouette);
            shadow(MetricNames.SHADOW_DAVIES_BOULDIN, k, Shadow::getDaviesBouldin);
        }
    }

    /** Lets the counters follow the trainer. */
    void report() {
        late.inc(trainer.lateVotes() - reportedLate);
        thinned.inc(trainer.thinnedVotes() - reportedThinned);
        batches.inc(trainer.batches() - reportedBatches);
        alarms.inc(trainer.driftAlarms() - reportedAlarms);
        noteReported();
    }

    private void noteReported() {
        reportedLate = trainer.lateVotes();
        reportedThinned = trainer.thinnedVotes();
        reportedBatches = trainer.batches();
        reportedAlarms = trainer.driftAlarms();
    }

    private void quality(String name, Function<Quality, Double> figure) {
        group.gauge(
                name, (Gauge<Double>) () -> orNaN(ofSnapshot(s -> figure.apply(s.getQuality()))));
    }

    private void drift(String name, Function<Drift, Double> figure) {
        group.gauge(name, (Gauge<Double>) () -> orNaN(ofSnapshot(s -> figure.apply(s.getDrift()))));
    }

    private void shadow(String name, int k, Function<Shadow, Double> figure) {
        group.gauge(
                name + k,
                (Gauge<Double>)
                        () ->
                                orNaN(
                                        ofSnapshot(
                                                s ->
                                                        s.getShadows().stream()
                                                                .filter(other -> other.getK() == k)
                                                                .findFirst()
                                                                .map(figure)
                                                                .orElse(null))));
    }

    /** Of the newest version; null before the first. */
    private Double ofSnapshot(Function<CentroidSnapshot, Double> figure) {
        return trainer.current().map(figure).orElse(null);
    }

    private static double orNaN(Double figure) {
        return figure == null ? Double.NaN : figure;
    }

    private long version() {
        return trainer.current().map(CentroidSnapshot::getVersion).orElse(0L);
    }
}
