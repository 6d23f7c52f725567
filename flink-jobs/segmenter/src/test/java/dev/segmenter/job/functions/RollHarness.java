// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.job.state.UserUpdateEdgeSerializer;
import dev.segmenter.job.state.VoteSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.schemas.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Roll features alone: events and watermarks in; updates, votes and dead letters out. */
final class RollHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 8;

    private static final int MOST_BYTES = 1 << 26;

    private static final OutputTag<Vote> VOTES =
            new OutputTag<>(
                    "votes", SerializerTypeInformation.of(Vote.class, new VoteSerializer()));
    private static final OutputTag<DeadLetter> LETTERS =
            new OutputTag<>(
                    "dead-letters",
                    SerializerTypeInformation.of(
                            DeadLetter.class, new SpecificRecordSerializer<>(DeadLetter.class)));

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final RollFeatures operator;
    private final KeyedOneInputStreamOperatorTestHarness<String, ClickEvent, UserUpdate> harness;
    private long checkpoint;

    RollHarness(FeatureSet features, RollOptions options, Long replayEnd) throws Exception {
        this(features, options, replayEnd, 1, 0);
    }

    RollHarness(
            FeatureSet features, RollOptions options, Long replayEnd, int parallelism, int subtask)
            throws Exception {
        this(features, options, replayEnd, parallelism, subtask, Caches.SMALL);
    }

    RollHarness(
            FeatureSet features,
            RollOptions options,
            Long replayEnd,
            int parallelism,
            int subtask,
            CacheOptions cache)
            throws Exception {
        operator = new RollFeatures(features, options, VOTES, LETTERS, replayEnd, cache);
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator,
                        ClickEvent::userId,
                        Types.STRING,
                        HarnessEnvironment.builder()
                                .setMaxParallelism(MAX_PARALLELISM)
                                .setParallelism(parallelism)
                                .setSubtaskIndex(subtask)
                                .setMetricGroup(metrics.taskGroup())
                                .build());
    }

    /** Before it is opened. */
    RollHarness with(StateBackend backend) {
        harness.setStateBackend(backend);
        return this;
    }

    RollHarness open() throws Exception {
        // Not before: the harness takes the state backend that it knows then.
        harness.setup(new UserUpdateEdgeSerializer());
        harness.open();
        return this;
    }

    RollHarness openFrom(OperatorSubtaskState state) throws Exception {
        harness.setup(new UserUpdateEdgeSerializer());
        harness.initializeState(state);
        harness.open();
        return this;
    }

    void process(ClickEvent event) throws Exception {
        harness.processElement(new StreamRecord<>(event));
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    void status(WatermarkStatus status) throws Exception {
        harness.processWatermarkStatus(status);
    }

    void finish() throws Exception {
        operator.finish();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return snapshotAfterBarrier(prepareSnapshot());
    }

    /** What an operator does before it passes a barrier on; returns the checkpoint's number. */
    long prepareSnapshot() throws Exception {
        harness.prepareSnapshotPreBarrier(++checkpoint);
        return checkpoint;
    }

    /** The snapshot that has been prepared. */
    OperatorSubtaskState snapshotAfterBarrier(long number) throws Exception {
        return harness.snapshot(number, 0);
    }

    /** A checkpoint whose asynchronous part is done by another thread, and has begun. */
    Future<OperatorSubtaskState> checkpoint() throws Exception {
        OperatorSnapshotFutures futures =
                operator.snapshotState(
                        prepareSnapshot(),
                        0,
                        CheckpointOptions.forCheckpointWithDefaultLocation(),
                        new MemCheckpointStreamFactory(MOST_BYTES));
        FutureTask<OperatorSubtaskState> rest =
                new FutureTask<>(
                        () -> OperatorSnapshotFinalizer.create(futures).getJobManagerOwnedState());
        new Thread(rest, "asynchronous part").start();
        return rest;
    }

    /** Lets the timers of this much processing time pass, ms. */
    void pass(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
    }

    /** A savepoint of this form. */
    OperatorSubtaskState savepoint(SavepointFormatType form) throws Exception {
        return harness.snapshotWithLocalState(prepareSnapshot(), 0, SavepointType.savepoint(form))
                .getJobManagerOwnedState();
    }

    /** Lets the time pass for which records may be held back. */
    private void processHeld() throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + RecordBundle.HELD_MS);
    }

    RecordedMetrics metrics() throws Exception {
        processHeld();
        return metrics;
    }

    int timers() throws Exception {
        processHeld();
        operator.flush();
        return harness.numEventTimeTimers();
    }

    /** Values, and lists of overflowing event ids. */
    int stateEntries() throws Exception {
        return users().size()
                + keys("overflowing-ids").size()
                + keys("overflowing-event-ids").size();
    }

    /** Users that hold any state. */
    List<String> users() throws Exception {
        return keys(RollFeatures.STATE);
    }

    private List<String> keys(String state) throws Exception {
        processHeld();
        operator.flush();
        return operator.<String>getKeyedStateBackend()
                .getKeys(state, VoidNamespace.INSTANCE)
                .toList();
    }

    List<UserUpdate> updates() throws Exception {
        processHeld();
        return harness.extractOutputValues();
    }

    /** What came out since it was last drained, watermarks and all; records may be held back. */
    Collection<Object> output() {
        return harness.getOutput();
    }

    /** What came out since the last call, in order; watermarks are dropped. */
    List<UserUpdate> drainUpdates() throws Exception {
        processHeld();
        return drainEmitted();
    }

    /** The same, but that records may be held back. */
    List<UserUpdate> drainEmitted() {
        List<UserUpdate> updates = new ArrayList<>();
        for (Object next = harness.getOutput().poll();
                next != null;
                next = harness.getOutput().poll()) {
            if (next instanceof StreamRecord<?> record) {
                updates.add((UserUpdate) record.getValue());
            }
        }
        return updates;
    }

    /** The votes cast since the last call. */
    List<Vote> drainVotes() throws Exception {
        List<Vote> drained = votes();
        if (!drained.isEmpty()) {
            harness.getSideOutput(VOTES).clear();
        }
        return drained;
    }

    List<Vote> votes() throws Exception {
        return values(VOTES);
    }

    List<DeadLetter> letters() throws Exception {
        return values(LETTERS);
    }

    private <T> List<T> values(OutputTag<T> tag) throws Exception {
        processHeld();
        List<T> values = new ArrayList<>();
        if (harness.getSideOutput(tag) != null) {
            harness.getSideOutput(tag).forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
