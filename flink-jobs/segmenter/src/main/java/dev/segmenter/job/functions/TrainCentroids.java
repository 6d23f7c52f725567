// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.WholeSnapshot;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.train.SegmentLabels;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.Iterator;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one trainer: batches close by its watermark on a grid of event time. An operator of its own,
 * since a function is not told of watermarks.
 */
public final class TrainCentroids extends AbstractStreamOperator<CentroidSnapshot>
        implements OneInputStreamOperator<Vote, CentroidSnapshot> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BUFFER = 4_096;

    private final FeatureSet features;
    private final TrainerOptions options;
    private final SegmentLabels labels;
    private final InitialModel initialModel;
    private final ModelLease lease;
    private final Long replayEnd;

    private transient ModelLease.Holding holding;
    private transient Trainer trainer;

    /** Bytes of the trainer's state when it was last written: some MB with many segments. */
    private transient int writtenBytes;

    private transient CentroidSnapshot first;
    private transient long clock;
    private transient ListState<byte[]> trainerState;
    private transient Counter snapshots;
    private transient SegmentFates fates;
    private transient TrainMetrics trainMetrics;

    /** The replay's end is an event time in ms, null when live. */
    public TrainCentroids(
            FeatureSet features,
            TrainerOptions options,
            SegmentLabels labels,
            InitialModel initialModel,
            ModelLease lease,
            Long replayEnd) {
        this.features = features;
        this.options = options;
        this.labels = labels;
        this.initialModel = initialModel;
        this.lease = lease;
        this.replayEnd = replayEnd;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        holding = lease.acquire(options.modelName());
        trainerState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "trainer",
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        Optional<DataInputStream> written = written(context);
        trainer =
                written.isPresent()
                        ? Trainer.read(features, options, written.get())
                        : new Trainer(features, options);
        trainer.useLabels(labels);
        if (!context.isRestored()) {
            first = initialModel.load(options.modelName()).map(this::startFrom).orElse(null);
        }
    }

    /** Of a checkpoint; or of a savepoint, as of the checkpoints of releases before. */
    private Optional<DataInputStream> written(StateInitializationContext context) throws Exception {
        Optional<DataInputStream> whole = WholeSnapshot.read(context);
        if (whole.isPresent()) {
            return whole;
        }
        Iterator<byte[]> managed = trainerState.get().iterator();
        return managed.hasNext()
                ? Optional.of(new DataInputStream(new ByteArrayInputStream(managed.next())))
                : Optional.empty();
    }

    /** A model that does not fit will not fit after a restart. */
    private CentroidSnapshot startFrom(CentroidSnapshot initial) {
        try {
            return trainer.startFrom(initial);
        } catch (IllegalArgumentException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = MetricNames.group(getMetricGroup());
        snapshots = group.counter(MetricNames.SNAPSHOTS);
        fates = new SegmentFates(group);
        group.gauge(MetricNames.MODEL_AGE_MS, (Gauge<Long>) this::ageMillis);
        clock = Long.MIN_VALUE;
        trainMetrics = new TrainMetrics(group, trainer, options);
        if (first != null) {
            publish(first);
        }
    }

    private long ageMillis() {
        return trainer.current().isEmpty() || clock == Long.MIN_VALUE
                ? 0
                : clock - trainer.current().get().getCreatedAt().toEpochMilli();
    }

    @Override
    public void processElement(StreamRecord<Vote> vote) {
        trainer.onVote(vote.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        clock = mark.getTimestamp();
        trainer.advanceTo(clock).forEach(this::publish);
        trainMetrics.report();
        super.processWatermark(mark);
    }

    /** A short replay trains at its end at the latest. */
    @Override
    public void finish() throws Exception {
        if (replayEnd != null) {
            trainer.finish(replayEnd).ifPresent(this::publish);
            trainMetrics.report();
        }
        super.finish();
    }

    private void publish(CentroidSnapshot snapshot) {
        snapshots.inc();
        fates.count(snapshot);
        output.collect(new StreamRecord<>(snapshot, snapshot.getCreatedAt().toEpochMilli()));
    }

    /** Before each barrier: a job that has lost its model stops before it commits, and is not restarted. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        try {
            holding.confirm();
        } catch (ModelLease.LostException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void close() throws Exception {
        if (holding != null) {
            holding.close();
        }
        super.close();
    }

    /** A savepoint has it in Flink's managed state, where any tool finds it. */
    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpointId,
            long timestamp,
            CheckpointOptions checkpoint,
            CheckpointStreamFactory factory)
            throws Exception {
        DataOutputSerializer bytes =
                new DataOutputSerializer(Math.max(INITIAL_BUFFER, writtenBytes));
        trainer.write(bytes);
        writtenBytes = bytes.length();
        boolean managed = checkpoint.getCheckpointType().isSavepoint();
        trainerState.clear();
        if (managed) {
            trainerState.add(bytes.getCopyOfBuffer());
        }
        OperatorSnapshotFutures futures =
                super.snapshotState(checkpointId, timestamp, checkpoint, factory);
        if (!managed) {
            futures.setOperatorStateRawFuture(
                    new WholeSnapshot(bytes, factory)
                            .toAsyncSnapshotFutureTask(getContainingTask().getCancelables()));
        }
        return futures;
    }
}
