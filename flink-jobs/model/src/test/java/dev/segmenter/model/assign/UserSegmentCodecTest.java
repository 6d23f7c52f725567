// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.segmenter.model.assign.History.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class UserSegmentCodecTest {
    private final UserSegmentCodec codec = new UserSegmentCodec();

    @Test
    void newUser_roundTrips() throws IOException {
        assertRoundTrips(new UserSegment(Scene.START, Scene.START + 5));
    }

    @Test
    void everyField_roundTrips() throws IOException {
        assertRoundTrips(full());
    }

    @Test
    void extremeNumbers_roundTrip() throws IOException {
        UserSegment s = full();
        s.sequence = Long.MAX_VALUE;
        s.segmentId = Integer.MAX_VALUE;
        s.keptVersion = Long.MAX_VALUE;
        s.since = Scene.START - 1;
        s.values = new double[] {Double.MIN_VALUE, -0.0, 1e300};
        s.entryValues = new double[] {Double.MIN_VALUE, 0.0, 1e300};

        assertRoundTrips(s);
        assertRoundTrips(new UserSegment(-1, 0));
    }

    /** Bytes of release 0.1.0's first form, where every value is its bits. */
    @Test
    void formatOfBits_isRead() throws IOException {
        long day = 86_400_000;
        UserSegment s = new UserSegment(1_709_251_200_000L, 1_709_251_200_000L + 4 * day);
        s.sequence = 7;
        s.segmentId = 3;
        s.since = s.incarnation + day;
        s.candidateId = 300;
        s.candidateSince = s.incarnation + 3 * day;
        s.candidateByModel = true;
        s.nextMoment = s.incarnation + 5 * day;
        s.fingerprint = -8_070_450_532_247_928_833L;
        s.values = new double[] {1, 2.5, -0.0};
        s.entryValues = new double[] {1, 2, 4};
        s.keptNearest = 300;
        s.keptVersion = 42;
        s.featuresChanged = true;
        s.flagged = true;
        s.toldFlagged = true;
        String written =
                "01ff8090fcf4be6380c0cbc9020e0680f0b252d80480d098f70180e0e5a401d804548fffffffffffffff"
                        + "063ff0000000000000400400000000000080000000000000003ff0000000000000"
                        + "40000000000000004010000000000000";

        assertThat(read(HexFormat.of().parseHex(written))).usingRecursiveComparison().isEqualTo(s);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void anyStateOfAHistory_readAndWritten_isTheSameBytes(@ForAll long seed) throws IOException {
        Playback playback = new Playback(History.random(seed, Kept.NOTHING));
        Random random = new Random(seed);
        while (playback.hasNext()) {
            playback.step(random);
            if (playback.state() != null) {
                byte[] bytes = bytesOf(playback.state());
                assertThat(bytesOf(read(bytes))).isEqualTo(bytes);
            }
        }
    }

    @Test
    void settledUser_ofSixCountsAndTwoRatios_takesUnderSeventyBytes() throws IOException {
        // 16 bytes of ratios, 14 of counts and marks, and 8 of fingerprint leave 32 for everything
        // else.
        UserSegment s = full();
        s.clearCandidate();
        s.nextMoment = UserSegment.NEVER;
        s.values = new double[] {12, 1_340, 5, 9, 4, 87, 0.25, 1 / 3.0};
        s.entryValues = s.values.clone();

        assertThat(bytesOf(s)).hasSizeLessThan(70);
    }

    /** Whoever it was before leaves nothing behind. */
    @Test
    void read_intoAnotherUsersState_sameAsReadAnew() throws IOException {
        UserSegment candidate = full();
        candidate.segmentId = UserSegment.NONE;
        candidate.entryValues = null;
        UserSegment[] users = {
            full(), new UserSegment(-1, 0), candidate, new UserSegment(Scene.START, Scene.day(9))
        };
        UserSegment spare = full();
        for (UserSegment first : users) {
            for (UserSegment second : users) {
                spare = readInto(bytesOf(first), spare);
                spare = readInto(bytesOf(second), spare);
                assertThat(spare).usingRecursiveComparison().isEqualTo(read(bytesOf(second)));
            }
        }
    }

    private UserSegment readInto(byte[] bytes, UserSegment spare) throws IOException {
        UserSegment read = codec.read(new DataInputStream(new ByteArrayInputStream(bytes)), spare);
        assertThat(read).isSameAs(spare);
        return read;
    }

    @Test
    void unknownFormat_isRefusedWithTheRemedy() throws IOException {
        byte[] bytes = bytesOf(full());
        bytes[0] = 9;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining("format 9");
    }

    @Test
    void bytesCutOff_areRefusedAnywhere() throws IOException {
        byte[] bytes = bytesOf(full());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(cut));
        }
    }

    @Test
    void endlessVarint_isRefused() {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0xFF);
        bytes[0] = 2;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining("corrupt");
    }

    private static UserSegment full() {
        UserSegment s = new UserSegment(Scene.START, Scene.day(4));
        s.sequence = 7;
        s.segmentId = 3;
        s.since = Scene.day(1);
        s.candidateId = 300;
        s.candidateSince = Scene.day(3);
        s.candidateByModel = true;
        s.nextMoment = Scene.day(5);
        s.fingerprint = -8_070_450_532_247_928_833L;
        s.values = new double[] {1, 2, 3};
        s.entryValues = new double[] {1, 2, 4};
        s.keptNearest = 300;
        s.keptVersion = 42;
        s.featuresChanged = true;
        s.flagged = true;
        s.toldFlagged = true;
        return s;
    }

    private void assertRoundTrips(UserSegment s) throws IOException {
        assertThat(read(bytesOf(s))).usingRecursiveComparison().isEqualTo(s);
    }

    private byte[] bytesOf(UserSegment s) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(s, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private UserSegment read(byte[] bytes) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
