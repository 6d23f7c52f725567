// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final long SECOND = 1_000_000_000;
    private static final long STEP = SECOND / 10;

    private long clock = 17 * SECOND;
    private long cpu = 3 * SECOND;

    /** Samples every tenth of a second at this rate, half a core busy, until so many records are read. */
    private void pass(Repetitions repetitions, double perSecond, long total) {
        repetitions.onPass();
        for (long i = 0; i * perSecond / 10 <= total; i++) {
            repetitions.onSample(new Sample(clock, (long) (i * perSecond / 10), cpu));
            clock += STEP;
            cpu += STEP / 2;
        }
    }

    @Test
    void measured_steadyRate_isThatRateAndItsCpu() {
        Repetitions repetitions = new Repetitions(10 * SECOND, 5 * SECOND, 100_000, 3);

        pass(repetitions, 1_000, 100_000);

        assertThat(repetitions.isDone()).isTrue();
        assertThat(repetitions.settled()).isTrue();
        for (Repetition repetition : repetitions.measured()) {
            assertThat(repetition.eventsPerSecond()).isCloseTo(1_000, within(0.01));
            // Half a core for a second is 1,000 events: 500 s a million.
            assertThat(repetition.cpuSecondsPerMillion()).isCloseTo(500, within(0.01));
            assertThat(repetition.nanos()).isGreaterThanOrEqualTo(10 * SECOND);
        }
    }

    @Test
    void measured_shortPasses_addUpWithoutTheGapsBetweenThem() {
        Repetitions repetitions = new Repetitions(10 * SECOND, 0, 4_000, 3);
        for (int i = 0; i < 20; i++) {
            pass(repetitions, 1_000, 4_000);
            clock += 60 * SECOND;
        }

        assertThat(repetitions.isDone()).isTrue();
        assertThat(repetitions.measured())
                .allSatisfy(
                        one -> assertThat(one.eventsPerSecond()).isCloseTo(1_000, within(0.01)));
    }

    @Test
    void measured_slowStart_countsFromTheFirstTwoThatAgree() {
        Repetitions repetitions = new Repetitions(10 * SECOND, SECOND, Long.MAX_VALUE, 3);
        long records = 0;
        double[] rates = {300, 700, 1_000, 1_020, 990, 1_010};
        repetitions.onPass();
        for (double rate : rates) {
            for (int i = 0; i < 103; i++) {
                records += (long) (rate / 10);
                repetitions.onSample(new Sample(clock, records, cpu));
                clock += STEP;
            }
        }

        assertThat(repetitions.settled()).isTrue();
        assertThat(repetitions.measured())
                .allSatisfy(one -> assertThat(one.eventsPerSecond()).isGreaterThan(950));
    }

    @Test
    void measured_neverAgreeing_areTheLastOnesAndSaySo() {
        Repetitions repetitions = new Repetitions(SECOND, SECOND, Long.MAX_VALUE, 3);
        long records = 0;
        repetitions.onPass();
        for (int window = 0; window < 12; window++) {
            for (int i = 0; i < 10; i++) {
                records += window % 2 == 0 ? 10 : 100;
                repetitions.onSample(new Sample(clock, records, cpu));
                clock += STEP;
            }
        }

        assertThat(repetitions.isDone()).isTrue();
        assertThat(repetitions.settled()).isFalse();
        assertThat(repetitions.measured()).hasSize(3);
    }

    @Test
    void timeIsUp_nothingWhole_countsWhatThereIs() {
        Repetitions repetitions = new Repetitions(10 * SECOND, 0, 1_000_000, 3);
        pass(repetitions, 100_000, 500_000);

        repetitions.timeIsUp();

        assertThat(repetitions.measuredInTheEnd()).hasSize(1);
        assertThat(repetitions.measuredInTheEnd().get(0).eventsPerSecond())
                .isCloseTo(100_000, within(1.0));
    }

    @Test
    void median_evenCount_isTheMeanOfTheMiddleTwo() {
        assertThat(Repetition.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Repetition.median(new double[] {9, 1, 3})).isEqualTo(3);
    }
}
