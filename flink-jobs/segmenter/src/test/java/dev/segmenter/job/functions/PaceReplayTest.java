// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.SourceRecordSerializer;
import dev.segmenter.schemas.ErrorClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten seconds of event time in one of the wall clock, which only pauses move. */
class PaceReplayTest {
    private static final double SPEED_UP = 10;
    private static final long WALL_START = 7_000_000;
    private static final Instant EVENT_START = Instant.parse("2024-05-01T00:00:00Z");
    private static final long LONGEST_PAUSE = 20;

    private final List<Long> pauses = new ArrayList<>();
    private OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new PaceReplay(SPEED_UP, this::pause)));
        harness.setup(new SourceRecordSerializer());
        harness.open();
        harness.setProcessingTime(WALL_START);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void firstEvent_goesAtOnce() throws Exception {
        assertThat(waitFor(event(500))).isZero();
    }

    @Test
    void laterEvent_waitsForItsShareOfTheWallClock() throws Exception {
        waitFor(event(0));

        assertThat(waitFor(event(10_000))).isEqualTo(1_000);
        assertThat(waitFor(event(10_500))).isEqualTo(50);
    }

    @Test
    void eventThatIsDueAlready_doesNotWait() throws Exception {
        waitFor(event(0));
        pause(2_000);

        assertThat(waitFor(event(20_000))).isZero();
        assertThat(waitFor(event(21_000))).isEqualTo(100);
    }

    @Test
    void olderEvent_doesNotWait() throws Exception {
        waitFor(event(5_000));

        assertThat(waitFor(event(0))).isZero();
    }

    @Test
    void recordsWithoutATime_doNotWaitAndStartNoClock() throws Exception {
        assertThat(waitFor(refusal())).isZero();
        pause(60_000);

        assertThat(waitFor(event(0))).isZero();
        assertThat(waitFor(event(10_000))).isEqualTo(1_000);
    }

    @Test
    void longWait_isCutSoThatBarriersGetThrough() throws Exception {
        waitFor(event(0));
        waitFor(event(10_000));

        assertThat(pauses).hasSizeGreaterThan(40).allMatch(pause -> pause <= LONGEST_PAUSE);
    }

    @Test
    void everyRecord_passesUnchangedAndInOrder() throws Exception {
        List<SourceRecord> records = List.of(event(0), refusal(), event(3_000), event(1_000));
        for (SourceRecord record : records) {
            waitFor(record);
        }

        assertThat(harness.extractOutputValues())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(records);
    }

    /** Wall-clock time, ms, that passes until the record is through. */
    private long waitFor(SourceRecord record) throws Exception {
        long before = harness.getProcessingTime();
        harness.processElement(new StreamRecord<>(record));
        return harness.getProcessingTime() - before;
    }

    private void pause(long millis) {
        pauses.add(millis);
        try {
            harness.setProcessingTime(harness.getProcessingTime() + millis);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SourceRecord event(long millis) {
        return record().event("u", EVENT_START.plusMillis(millis).toEpochMilli(), 1, 0, 0, 0, 0);
    }

    private static SourceRecord refusal() {
        return record().refusal(ErrorClass.UNDECODABLE, "no event");
    }

    private static SourceRecord record() {
        return new SourceRecord().at("clickstream", 0, 0, null, null);
    }
}
