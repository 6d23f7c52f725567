// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.state.BesideUsers;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in the order in which they came, their users announced in groups, none for long. */
class RecordBundleTest {
    private static final int GROUP = 4;

    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final List<Integer> processed = new ArrayList<>();
    private final List<List<String>> announced = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        time.setCurrentTime(1_000);
    }

    @Test
    void fullBundle_isAnnouncedThenProcessedInOrder() throws Exception {
        RecordBundle<Integer> bundle = bundle(GROUP);
        addUpTo(bundle, GROUP - 1);
        assertThat(processed).isEmpty();

        bundle.add("u3", 3);

        assertThat(announced).containsExactly(List.of("u0", "u1", "u2", "u3"));
        assertThat(processed).containsExactly(0, 1, 2, 3);
        assertThat(bundle.isEmpty()).isTrue();
    }

    @Test
    void halfABundle_isProcessedAfterAShortWhile_andSoIsTheNext() throws Exception {
        RecordBundle<Integer> bundle = bundle(GROUP);
        for (int round = 1; round <= 3; round++) {
            addUpTo(bundle, 2);
            time.advance(RecordBundle.HELD_MS - 1);
            assertThat(processed).hasSize(2 * (round - 1));
            time.advance(1);
            assertThat(processed).hasSize(2 * round);
        }
    }

    @Test
    void recordsWithoutEnd_haveOneTimerAtATime() throws Exception {
        RecordBundle<Integer> bundle = bundle(GROUP);
        addUpTo(bundle, 1_000);
        assertThat(time.getNumActiveTimers()).isOne();
    }

    @Test
    void finished_processesWhatIsHeld_once() throws Exception {
        RecordBundle<Integer> bundle = bundle(GROUP);
        addUpTo(bundle, 2);
        bundle.finish();
        bundle.finish();
        time.advance(RecordBundle.HELD_MS);
        assertThat(processed).containsExactly(0, 1);
    }

    @Test
    void usersThatNeedNoAnnouncement_holdNothingBack() throws Exception {
        RecordBundle<Integer> bundle = bundle(1);
        addUpTo(bundle, 3);
        assertThat(processed).containsExactly(0, 1, 2);
        assertThat(announced).isEmpty();
        assertThat(time.getNumActiveTimers()).isZero();
    }

    private static void addUpTo(RecordBundle<Integer> bundle, int end) throws Exception {
        for (int i : IntStream.range(0, end).toArray()) {
            bundle.add("u" + i, i);
        }
    }

    private RecordBundle<Integer> bundle(int group) {
        return new RecordBundle<>(new Announced(group), processed::add, time);
    }

    /** Notes who is announced. */
    private final class Announced implements UserValues<Long> {
        private final int group;

        Announced(int group) {
            this.group = group;
        }

        @Override
        public int groupSize() {
            return group;
        }

        @Override
        public void announce(String[] userIds, int count) {
            announced.add(List.copyOf(Arrays.asList(userIds).subList(0, count)));
        }

        @Override
        public Timed<Long> get(String userId) {
            return null;
        }

        @Override
        public Timed<Long> getDue(String userId, long dueAt) {
            return null;
        }

        @Override
        public void put(String userId, Timed<Long> value) {}

        @Override
        public void remove(String userId) {}

        @Override
        public void flush() {}

        @Override
        public void restore(
                Iterable<KeyGroupStatePartitionStreamProvider> carried, BesideUsers beside) {}
    }
}
