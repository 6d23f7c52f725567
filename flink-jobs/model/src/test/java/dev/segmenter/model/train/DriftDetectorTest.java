// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
    private static final double SPEED_UP = 8;
    private static final int HALF_LIFE = 20;

    private final Random random = new Random(1);
    private final DriftDetector detector = new DriftDetector(SPEED_UP);
    private int batch;

    /** Batches around a level, with a deviation of a twentieth. */
    private void observe(int batches, double level) {
        for (int i = 0; i < batches; i++) {
            Forgetting forgetting = detector.forgetting(1.0 / HALF_LIFE, 8);
            double inertia = level * (1 + 0.05 * random.nextGaussian());
            detector.observe(
                    batch++, inertia, forgetting.decay(1_000_000), forgetting.halvings(1_000_000));
        }
    }

    @Test
    void observe_levelJumps_raisesOneAlarmAtTheSecondBatch() {
        observe(60, 1);
        assertThat(detector.alarmed()).isFalse();
        assertThat(detector.level().orElseThrow()).isBetween(0.0, 1.0);

        observe(2, 3);

        assertThat(detector.alarmed()).isTrue();
        assertThat(detector.since()).isEqualTo(61);
        assertThat(detector.level().orElseThrow()).isGreaterThanOrEqualTo(1);
        assertThat(detector.speedUp()).isEqualTo(SPEED_UP);
    }

    @Test
    void observe_alarm_lastsOneHalfLifeAndALevelThatStaysRaisesNoOther() {
        observe(60, 1);
        observe(2, 3);
        observe(HALF_LIFE - 1, 3);
        assertThat(detector.alarmed()).isTrue();

        observe(1, 3);
        assertThat(detector.alarmed()).isFalse();
        assertThat(detector.speedUp()).isEqualTo(1);
        observe(500, 3);

        assertThat(detector.alarms()).isEqualTo(1);
    }

    @Test
    void observe_oneOddBatch_raisesNone() {
        observe(60, 1);
        observe(1, 1e9);
        observe(60, 1);

        assertThat(detector.alarms()).isZero();
    }

    @Test
    void observe_levelFalls_raisesNone() {
        observe(60, 3);
        observe(60, 1);

        assertThat(detector.alarms()).isZero();
    }

    @Test
    void observe_driftGoesOn_raisesTheNextAlarmAtOnce() {
        observe(60, 1);
        observe(2, 3);
        observe(HALF_LIFE, 1.5);
        assertThat(detector.alarmed()).isFalse();

        observe(2, 4);

        assertThat(detector.alarms()).isEqualTo(2);
    }

    @Test
    void observe_fewVotes_lastLonger() {
        observe(60, 1);
        observe(2, 3);
        for (int i = 0; i < HALF_LIFE; i++) {
            Forgetting forgetting = detector.forgetting(1.0 / HALF_LIFE, 8);
            detector.observe(batch++, 1, forgetting.decay(80), forgetting.halvings(80));
        }

        // 80 of the 100 K votes a halving: 2 of 8 halvings are done.
        assertThat(detector.alarmed()).isTrue();
    }

    @Test
    void forgetBaseline_levelJumps_isLearntAndNoDrift() {
        observe(60, 1);
        detector.forgetBaseline();
        assertThat(detector.level()).isEmpty();

        observe(60, 3);

        assertThat(detector.alarms()).isZero();
    }

    @Test
    void forgetBaseline_whileAlarmLasts_leavesItAlone() {
        observe(60, 1);
        observe(2, 3);

        detector.forgetBaseline();
        observe(HALF_LIFE - 1, 30);
        assertThat(detector.alarmed()).isTrue();
        observe(1, 30);
        assertThat(detector.alarmed()).isFalse();
        observe(100, 30);
        assertThat(detector.alarms()).isEqualTo(1);

        detector.reset();
        assertThat(detector.alarmed()).isFalse();
    }

    @Test
    void reset_whileAlarmLasts_endsIt() {
        observe(60, 1);
        observe(2, 3);

        detector.reset();

        assertThat(detector.alarmed()).isFalse();
        assertThat(detector.level()).isEmpty();
    }

    @Test
    void speedUpOfOne_tellsTheAlarmAndForgetsAsUsual() {
        DriftDetector telling = new DriftDetector(1);
        Forgetting usual = telling.forgetting(0.05, 8);
        for (int i = 0; i < 62; i++) {
            telling.observe(i, i < 60 ? 1 : 3, usual.decay(1_000_000), 0.05);
        }

        assertThat(telling.alarmed()).isTrue();
        assertThat(telling.forgetting(0.05, 8)).isEqualTo(usual);
    }

    @Test
    void read_alarmOrNot_goesOnAsTheOriginal() throws Exception {
        observe(60, 1);
        observe(1, 3);
        assertThat(bytes(copy(detector))).isEqualTo(bytes(detector));
        observe(3, 3);
        assertThat(bytes(copy(detector))).isEqualTo(bytes(detector));
        assertThat(copy(detector).alarmed()).isTrue();
    }

    private static byte[] bytes(DriftDetector detector) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detector.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DriftDetector copy(DriftDetector detector) throws Exception {
        return DriftDetector.read(
                SPEED_UP, new DataInputStream(new ByteArrayInputStream(bytes(detector))));
    }
}
