// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.SegmentOutputSerializer;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserSegmentSerializer;
import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * Assign segment alone, as one of some subtasks: the first input keyed, the second broadcast. Flink's
 * harness for two keyed inputs takes neither an unkeyed second input nor an environment of its own.
 */
final class AssignHarness extends AbstractStreamOperatorTestHarness<SegmentOutput> {
    static final int MAX_PARALLELISM = 8;

    private final RecordedMetrics metrics;
    private final AssignSegments assign;
    private long checkpoint;

    private AssignHarness(
            AssignSegments assign, int parallelism, int subtask, RecordedMetrics metrics)
            throws Exception {
        super(
                assign,
                HarnessEnvironment.builder()
                        .setMaxParallelism(MAX_PARALLELISM)
                        .setParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .setMetricGroup(metrics.taskGroup())
                        .build());
        this.assign = assign;
        this.metrics = metrics;
        KeySelector<UserUpdate, String> byUser = UserUpdate::userId;
        config.setStatePartitioner(0, byUser);
        config.setStateKeySerializer(StringSerializer.INSTANCE);
        config.serializeAllConfigs();
    }

    static AssignHarness of(AssignTiming timing, Guards guards) throws Exception {
        return of(timing, guards, 1, 0);
    }

    static AssignHarness of(AssignTiming timing, Guards guards, int parallelism, int subtask)
            throws Exception {
        AssignOptions options = new AssignOptions(guards, Long.MIN_VALUE, Duration.ofDays(4));
        return of(Plane.FEATURES, options, timing, parallelism, subtask);
    }

    static AssignHarness of(
            FeatureSet features,
            AssignOptions options,
            AssignTiming timing,
            int parallelism,
            int subtask)
            throws Exception {
        return of(features, options, timing, parallelism, subtask, Caches.SMALL);
    }

    static AssignHarness of(
            FeatureSet features,
            AssignOptions options,
            AssignTiming timing,
            int parallelism,
            int subtask,
            CacheOptions cache)
            throws Exception {
        return new AssignHarness(
                new AssignSegments(features, options, timing, 3, cache),
                parallelism,
                subtask,
                new RecordedMetrics());
    }

    /** As a configured job has it, alone. */
    static AssignHarness of(SegmenterConfig config, AssignTiming timing) throws Exception {
        return new AssignHarness(
                new AssignSegments(
                        config.features(),
                        config.assign(),
                        timing,
                        config.trainer().k(),
                        Caches.SMALL),
                1,
                0,
                new RecordedMetrics());
    }

    AssignHarness opened() throws Exception {
        // Not before: the harness takes the state backend that it knows then.
        setup(new SegmentOutputSerializer());
        open();
        return this;
    }

    AssignHarness openedFrom(OperatorSubtaskState state) throws Exception {
        setup(new SegmentOutputSerializer());
        initializeState(state);
        open();
        return this;
    }

    void update(UserUpdate update) throws Exception {
        StreamRecord<UserUpdate> record = new StreamRecord<>(update);
        assign.setKeyContextElement1(record);
        assign.processElement1(record);
    }

    void model(CentroidSnapshot snapshot) throws Exception {
        StreamRecord<CentroidSnapshot> record = new StreamRecord<>(snapshot);
        assign.setKeyContextElement2(record);
        assign.processElement2(record);
    }

    void usersWatermark(long time) throws Exception {
        assign.processWatermark1(new Watermark(time));
    }

    void modelsWatermark(long time) throws Exception {
        assign.processWatermark2(new Watermark(time));
    }

    void bothWatermarks(long time) throws Exception {
        usersWatermark(time);
        modelsWatermark(time);
    }

    void finish() throws Exception {
        assign.finish();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return snapshotAfterBarrier(prepareSnapshot());
    }

    /** What an operator does before it passes a barrier on; returns the checkpoint's number. */
    long prepareSnapshot() throws Exception {
        assign.prepareSnapshotPreBarrier(++checkpoint);
        return checkpoint;
    }

    /** The snapshot that has been prepared. */
    OperatorSubtaskState snapshotAfterBarrier(long number) throws Exception {
        return snapshot(number, 0);
    }

    /** Lets the time pass for which records may be held back. */
    private void processHeld() throws Exception {
        setProcessingTime(getProcessingTime() + RecordBundle.HELD_MS);
    }

    RecordedMetrics metrics() throws Exception {
        processHeld();
        return metrics;
    }

    /** Values, and lists of waiting updates. */
    int stateEntries() throws Exception {
        return keys(AssignSegments.STATE) + keys("waiting");
    }

    private int keys(String state) throws Exception {
        processHeld();
        assign.flush();
        return assign.getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE).toList().size();
    }

    int timers() throws Exception {
        processHeld();
        assign.flush();
        return numEventTimeTimers();
    }

    List<Long> storedVersions() throws Exception {
        List<Long> versions = new ArrayList<>();
        assign.getOperatorStateBackend()
                .getBroadcastState(
                        new MapStateDescriptor<>(
                                "models",
                                LongSerializer.INSTANCE,
                                new SpecificRecordSerializer<>(CentroidSnapshot.class)))
                .immutableEntries()
                .forEach(entry -> versions.add(entry.getKey()));
        return versions.stream().sorted().toList();
    }

    /** Users that hold any state. */
    List<String> users() throws Exception {
        processHeld();
        assign.flush();
        return assign.<String>getKeyedStateBackend()
                .getKeys(AssignSegments.STATE, VoidNamespace.INSTANCE)
                .toList();
    }

    /** Users whose state names a timer. */
    int usersWithTimer() throws Exception {
        processHeld();
        assign.flush();
        AtomicInteger users = new AtomicInteger();
        assign.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        UserOperator.descriptor(AssignSegments.STATE, new UserSegmentSerializer()),
                        (user, state) -> {
                            if (state.value().timer() != Timed.NONE) {
                                users.incrementAndGet();
                            }
                        });
        return users.get();
    }

    List<SegmentOutput> outputs() throws Exception {
        processHeld();
        return extractOutputValues();
    }

    /** What came out since the last call, in order; watermarks are dropped. */
    List<SegmentOutput> drainOutputs() throws Exception {
        processHeld();
        return drainEmitted();
    }

    /** The same, but that records may be held back. */
    List<SegmentOutput> drainEmitted() {
        List<SegmentOutput> outputs = new ArrayList<>();
        for (Object next = getOutput().poll(); next != null; next = getOutput().poll()) {
            if (next instanceof StreamRecord<?> record) {
                outputs.add((SegmentOutput) record.getValue());
            }
        }
        return outputs;
    }

    List<SegmentOutput> outputsOf(String user) throws Exception {
        return outputs().stream().filter(output -> output.userId().equals(user)).toList();
    }

    List<Cause> causes() throws Exception {
        return outputs().stream()
                .map(SegmentOutput::change)
                .filter(Objects::nonNull)
                .map(SegmentChange::getCause)
                .toList();
    }
}
