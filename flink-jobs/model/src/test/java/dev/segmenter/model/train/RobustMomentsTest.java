// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustMomentsTest {
    private static final double REACH = 100;
    private static final Frame UNIT = new Frame(new double[1], new double[] {1}, false);
    private static final Frame NONE = new Frame(new double[1], new double[1], false);

    @Test
    void frame_withoutValuesOutside_isThatOfTheValues() {
        double[] values = new Random(1).doubles(1_000, -8, 8).toArray();

        assertSame(moments(values, UNIT).frame(false), values);
    }

    @ParameterizedTest
    @ValueSource(doubles = {9, 1e3, -1e6, 1e15})
    void frame_fewValuesOutside_countAsTheEdge(double absurd) {
        double[] values = new Random(2).doubles(1_000, -1, 1).toArray();
        Arrays.fill(values, 0, 10, absurd);
        double[] cut = Arrays.stream(values).map(v -> Math.max(-8, Math.min(8, v))).toArray();

        assertSame(moments(values, UNIT).frame(false), cut);
    }

    @Test
    void frame_whereAllInsideAreAlike_isToldByThoseOutside() {
        double[] values = new double[1_000];
        Arrays.fill(values, 0, 10, 50);

        assertSame(moments(values, UNIT).frame(false), values);
        Arrays.fill(values, 0, 10, 500);
        double[] cut = Arrays.stream(values).map(v -> Math.min(REACH, v)).toArray();
        assertSame(moments(values, UNIT).frame(false), cut);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e6, 1e12})
    void frames_eachWithinTheOneBefore_settleAtTwoThirdsMoreThanWithoutOneInAHundred(
            double absurd) {
        double[] values = new Random(3).doubles(10_000, -1, 1).toArray();
        double sigma = new StandardDeviation(false).evaluate(values);
        Arrays.fill(values, 0, 100, absurd);

        Frame frame = NONE;
        for (int round = 0; round < 256; round++) {
            frame = moments(values, frame).frame(false);
        }

        assertThat(frame.sigma()[0]).isCloseTo(sigma / Math.sqrt(1 - 0.64), within(0.02 * sigma));
    }

    @Test
    void moments_writtenAndRead_goOnAlike() throws IOException {
        RobustMoments moments = moments(new double[] {0, 1, 2, 300}, UNIT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        moments.write(new DataOutputStream(bytes));
        RobustMoments read =
                RobustMoments.read(
                        REACH,
                        false,
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        for (RobustMoments each : new RobustMoments[] {moments, read}) {
            each.add(new double[] {7}, UNIT);
            each.fold(0.5);
        }

        assertThat(read.weight(0)).isEqualTo(moments.weight(0)).isEqualTo(3);
        assertThat(read.frame(false).sigma()).isEqualTo(moments.frame(false).sigma());
    }

    private static RobustMoments moments(double[] values, Frame frame) {
        RobustMoments moments = new RobustMoments(1, REACH);
        for (double value : values) {
            moments.add(new double[] {value}, frame);
        }
        moments.fold(1);
        return moments;
    }

    private static void assertSame(Frame frame, double[] values) {
        assertThat(frame.mean()[0]).isCloseTo(new Mean().evaluate(values), within(1e-9));
        assertThat(frame.sigma()[0])
                .isCloseTo(new StandardDeviation(false).evaluate(values), within(1e-9));
    }
}
