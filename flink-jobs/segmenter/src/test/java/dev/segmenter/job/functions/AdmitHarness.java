// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.schemas.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Admit alone: raw events in, admitted ones out, and the late ones counted. */
final class AdmitHarness implements AutoCloseable {
    private static final OutputTag<DeadLetter> LETTERS =
            new OutputTag<>(
                    "dead-letters",
                    SerializerTypeInformation.of(
                            DeadLetter.class, new SpecificRecordSerializer<>(DeadLetter.class)));

    private final OneInputStreamOperatorTestHarness<SourceRecord, ClickEvent> harness;
    private final EventReducer reducer;
    // One for all, as the source has it.
    private final SourceRecord record = new SourceRecord();
    private long checkpoint;

    AdmitHarness(FeatureSet features, Duration lateness) throws Exception {
        reducer = new EventReducer(EventRules.replay(), features);
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new AdmitEvents(lateness, LETTERS)),
                        HarnessEnvironment.builder().build());
    }

    AdmitHarness openFrom(OperatorSubtaskState state) throws Exception {
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return this;
    }

    /** The admitted event, or none. */
    List<ClickEvent> process(RawEvent raw) throws Exception {
        record.at("clickstream", raw.partition(), 0, null, null);
        if (raw.event() == null) {
            record.erasure(raw.userId());
        } else {
            reducer.reduce(raw.event(), record);
        }
        harness.processElement(new StreamRecord<>(record));
        List<ClickEvent> admitted = harness.extractOutputValues();
        harness.getOutput().clear();
        return admitted;
    }

    List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        if (harness.getSideOutput(LETTERS) != null) {
            harness.getSideOutput(LETTERS).forEach(record -> letters.add(record.getValue()));
        }
        return letters;
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(++checkpoint, 0);
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
