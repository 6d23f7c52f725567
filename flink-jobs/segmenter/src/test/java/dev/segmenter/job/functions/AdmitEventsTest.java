// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitEventsTest {
    private static final OutputTag<DeadLetter> LETTERS =
            new OutputTag<>(
                    "dead-letters",
                    SerializerTypeInformation.of(
                            DeadLetter.class, new SpecificRecordSerializer<>(DeadLetter.class)));
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
    private static final Duration LATENESS = Duration.ofMinutes(5);
    private static final EventReducer REDUCER =
            new EventReducer(EventRules.replay(), DefaultFeatures.shop());

    private OneInputStreamOperatorTestHarness<SourceRecord, ClickEvent> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void event_isReducedToWhatFeaturesRead() throws Exception {
        process(event(0, 0, "purchase"));

        ClickEvent event = admitted().get(0);
        assertThat(event.userId()).isEqualTo("u");
        assertThat(event.eventType()).isEqualTo(DefaultFeatures.shop().typeIndex("purchase"));
        assertThat(event.price()).isEqualTo(2.5);
        assertThat(event.item()).isNotZero();
        assertThat(event.category()).isZero();
    }

    @Test
    void unknownType_isKept() throws Exception {
        process(event(0, 0, "scroll"));

        assertThat(admitted().get(0).eventType()).isEqualTo(FeatureSet.OTHER_TYPE);
    }

    @Test
    void lateness_isDecidedByTheRecordsOwnPartition() throws Exception {
        process(event(0, 3600, "view"));
        process(event(1, 0, "view"));
        process(event(0, 3300, "view"));
        process(event(0, 3299, "view"));

        assertThat(admitted()).hasSize(3);
        assertThat(letters()).singleElement().satisfies(this::isLateFromPartitionZero);
    }

    private void isLateFromPartitionZero(DeadLetter letter) {
        assertThat(letter.getErrorClass()).isEqualTo(ErrorClass.LATE);
        assertThat(letter.getPartition()).isZero();
        assertThat(letter.getMessage()).contains("late");
        assertThat(letter.getValue().remaining()).isEqualTo(3);
    }

    @Test
    void partitionClocks_surviveARestore() throws Exception {
        process(event(0, 3600, "view"));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();

        harness = harness();
        harness.initializeState(state);
        harness.open();
        process(event(0, 0, "view"));

        assertThat(admitted()).isEmpty();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void lifeAfterAnErasure_hasAGreaterIncarnation() throws Exception {
        process(event(0, 60, "view"));
        process(erasure(0));
        process(event(0, 30, "view"));
        process(erasure(0));
        process(event(0, 60, "view"));

        List<Long> lives = admitted().stream().map(ClickEvent::lifeClock).toList();
        assertThat(lives.get(0)).isLessThan(lives.get(2));
        assertThat(lives.get(2)).isLessThan(lives.get(4));
        assertThat(admitted().get(1).erasure()).isTrue();
    }

    @Test
    void refusedRecord_becomesADeadLetterWithItsPlaceAndBytes() throws Exception {
        process(
                new SourceRecord()
                        .at("clickstream", 2, 9, null, new byte[] {7})
                        .refusal(ErrorClass.UNDECODABLE, "no"));

        assertThat(admitted()).isEmpty();
        assertThat(letters())
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.getTopic()).isEqualTo("clickstream");
                            assertThat(letter.getPartition()).isEqualTo(2);
                            assertThat(letter.getOffset()).isEqualTo(9);
                            assertThat(letter.getValue().get(0)).isEqualTo((byte) 7);
                            assertThat(letter.getMessage()).isEqualTo("no");
                        });
    }

    /** As the source refills it: what went on before must not change. */
    @Test
    void refilledRecord_changesNothingThatWentOn() throws Exception {
        process(event(0, 3600, "view"));
        SourceRecord reused = event(0, 3600, "purchase");
        process(reused);
        REDUCER.reduce(
                new Event("f", "v", START, "view", "j", "c", 1.0, null, Map.of()),
                reused.at("clickstream", 0, 1, null, new byte[] {9}));
        process(reused);
        reused.at("other", 5, 2, null, null).erasure("w");

        ClickEvent second = admitted().get(1);
        assertThat(second.userId()).isEqualTo("u");
        assertThat(second.price()).isEqualTo(2.5);
        assertThat(letters())
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.getTopic()).isEqualTo("clickstream");
                            assertThat(letter.getOffset()).isEqualTo(1);
                            assertThat(letter.getUserId()).isEqualTo("v");
                            assertThat(letter.getEventTime()).isEqualTo(START);
                            assertThat(letter.getValue().get(0)).isEqualTo((byte) 9);
                        });
    }

    private static OneInputStreamOperatorTestHarness<SourceRecord, ClickEvent> harness()
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new AdmitEvents(LATENESS, LETTERS)));
    }

    private void process(SourceRecord record) throws Exception {
        harness.processElement(new StreamRecord<>(record));
    }

    private List<ClickEvent> admitted() {
        return harness.extractOutputValues();
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        if (harness.getSideOutput(LETTERS) != null) {
            harness.getSideOutput(LETTERS).forEach(record -> letters.add(record.getValue()));
        }
        return letters;
    }

    private static SourceRecord event(int partition, long second, String type) {
        Event event =
                new Event(
                        "e", "u", START.plusSeconds(second), type, "i", null, 2.5, null, Map.of());
        SourceRecord record =
                new SourceRecord().at("clickstream", partition, 0, null, new byte[] {1, 2, 3});
        REDUCER.reduce(event, record);
        return record;
    }

    private static SourceRecord erasure(int partition) {
        return new SourceRecord().at("clickstream", partition, 0, null, null).erasure("u");
    }
}
