// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.oracle.OracleSettings;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens to a few users and to the operators that follow them: records, watermarks, model
 * versions and restarts, in one order. Any part of a history is a history too.
 *
 * @param disorder how far the clock stays behind each partition
 * @param cache of each operator with state of users
 * @param onRocksDb where that state is, rather than on the heap
 * @param snapshots in the order of versions, each effective one disorder after it was created
 */
record OperatorHistory(
        OracleSettings settings,
        long disorder,
        List<CentroidSnapshot> snapshots,
        List<Step> steps,
        long endTime,
        CacheOptions cache,
        boolean onRocksDb) {

    /** One thing that happens. */
    sealed interface Step {}

    /** A record is read. */
    record Arrival(RawEvent record) implements Step {}

    /** The clock moves on to what all partitions have shown. */
    record Tick() implements Step {}

    /** The trainer follows the clock by this share of its lag and publishes what is due. */
    record Training(double share) implements Step {}

    /**
     * All operators fail after a checkpoint and so many further steps, and go on from the checkpoint
     * as so many subtasks: those steps come again.
     */
    record Restart(int parallelism, int lost) implements Step {}

    List<RawEvent> records() {
        return steps.stream()
                .filter(Arrival.class::isInstance)
                .map(step -> ((Arrival) step).record())
                .toList();
    }

    /** The smallest history still failing that leaving out steps and versions leads to. */
    OperatorHistory smallest(Predicate<OperatorHistory> fails) {
        OperatorHistory smallest = this;
        for (int size = steps.size(); size > 0; size /= 2) {
            for (int from = 0; from < smallest.steps.size(); ) {
                OperatorHistory without = smallest.withoutSteps(from, size);
                boolean stillFails = fails.test(without);
                smallest = stillFails ? without : smallest;
                from += stillFails ? 0 : size;
            }
        }
        for (CentroidSnapshot snapshot : snapshots) {
            OperatorHistory without = smallest.without(snapshot);
            smallest = fails.test(without) ? without : smallest;
        }
        return smallest;
    }

    private OperatorHistory withoutSteps(int from, int size) {
        List<Step> rest = new ArrayList<>(steps);
        rest.subList(from, Math.min(steps.size(), from + size)).clear();
        return new OperatorHistory(settings, disorder, snapshots, rest, endTime, cache, onRocksDb);
    }

    private OperatorHistory without(CentroidSnapshot snapshot) {
        List<CentroidSnapshot> rest = new ArrayList<>(snapshots);
        rest.remove(snapshot);
        return new OperatorHistory(settings, disorder, rest, steps, endTime, cache, onRocksDb);
    }

    /** One line a step, to be read by whoever has to find the fault. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Guards guards = settings.assign().guards();
        text.append(guards).append(", ").append(settings.roll());
        text.append("\n").append(cache).append(onRocksDb ? " on RocksDB" : " on the heap");
        text.append("\nchanges from ").append(settings.assign().emitChangesFrom());
        text.append(", disorder ").append(disorder).append(" ms\nfeatures");
        settings.features().features().forEach(f -> text.append("\n  ").append(f.name()));
        text.append("\nmodels");
        snapshots.forEach(snapshot -> text.append("\n  ").append(line(snapshot)));
        text.append("\nsteps");
        steps.forEach(step -> text.append("\n  ").append(step));
        return text.append("\nuntil ").append(Instant.ofEpochMilli(endTime)).toString();
    }

    private static String line(CentroidSnapshot snapshot) {
        StringBuilder text = new StringBuilder("version " + snapshot.getVersion());
        text.append(' ').append(snapshot.getMeasure());
        text.append(" from ").append(snapshot.getEffectiveFrom());
        text.append(" mean ").append(snapshot.getMean());
        text.append(" sigma ").append(snapshot.getSigma());
        for (Centroid centroid : snapshot.getCentroids()) {
            text.append("; ").append(centroid.getSegmentId()).append(' ');
            text.append(centroid.getLabel()).append(' ').append(centroid.getVector());
        }
        return text.toString();
    }
}
