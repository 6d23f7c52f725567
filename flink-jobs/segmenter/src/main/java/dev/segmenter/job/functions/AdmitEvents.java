// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets events that count through; the others become dead letters. Holds on to no record.
 * Lateness is decided here, before the shuffle, against the greatest event time of the record's own
 * partition, so that it does not depend on scheduling.
 */
public final class AdmitEvents extends ProcessFunction<SourceRecord, ClickEvent>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final long latenessMillis;
    private final OutputTag<DeadLetter> deadLetters;

    private transient PartitionClocks clocks;
    private transient ListState<byte[]> clockState;
    private transient Counter read;
    private transient Counter admitted;
    private transient Counter late;
    private transient Counter invalid;
    private transient Counter undecodable;
    private transient Counter erasures;
    private transient Counter otherTypes;

    public AdmitEvents(Duration lateness, OutputTag<DeadLetter> deadLetters) {
        this.latenessMillis = lateness.toMillis();
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup group = MetricNames.group(getRuntimeContext().getMetricGroup());
        read = group.counter(MetricNames.EVENTS_READ);
        admitted = group.counter(MetricNames.EVENTS_ADMITTED);
        late = group.counter(MetricNames.LATE);
        invalid = group.counter(MetricNames.INVALID);
        undecodable = group.counter(MetricNames.UNDECODABLE);
        erasures = group.counter(MetricNames.ERASURES);
        otherTypes = group.counter(MetricNames.OTHER_TYPES);
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<ClickEvent> out) {
        read.inc();
        PartitionClock clock = clocks.of(record.partition());
        if (record.isEvent()) {
            admit(record, clock, context, out);
        } else if (record.isErasure()) {
            erasures.inc();
            out.collect(ClickEvent.erasure(record.userId(), clock.eraseAt()));
        } else {
            (record.error() == ErrorClass.UNDECODABLE ? undecodable : invalid).inc();
            context.output(deadLetters, letter(record, record.error(), record.message()));
        }
    }

    private void admit(
            SourceRecord record, PartitionClock clock, Context context, Collector<ClickEvent> out) {
        long time = record.eventTime();
        if (clock.isLate(time, latenessMillis)) {
            late.inc();
            context.output(deadLetters, letter(record, ErrorClass.LATE, clock.lateness(time)));
            return;
        }
        if (record.eventType() == FeatureSet.OTHER_TYPE) {
            otherTypes.inc();
        }
        admitted.inc();
        out.collect(record.admitted(clock.advance(time)));
    }

    private static DeadLetter letter(SourceRecord record, ErrorClass error, String message) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setKey(wrap(record.key()))
                .setValue(wrap(record.value()))
                .setErrorClass(error)
                .setMessage(message)
                .setUserId(record.userId())
                .setEventTime(
                        record.hasEventTime() ? Instant.ofEpochMilli(record.eventTime()) : null)
                .build();
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        clocks = new PartitionClocks();
        // Union, since on restore any subtask may get any partition.
        clockState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "partition-clocks",
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        for (byte[] bytes : clockState.get()) {
            clocks.restore(PartitionClock.read(bytes));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        clockState.clear();
        for (PartitionClock clock : clocks.known()) {
            clockState.add(clock.toBytes());
        }
    }
}
