// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints of every form hold what only the cache has seen, in Flink's own state. */
class CachedSavepointTest {
    private static final FeatureSet SHOP = DefaultFeatures.shop();
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final int USERS = 50;
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @EnumSource(SavepointFormatType.class)
    void restored_everyUserGoesOnWhereItWas(SavepointFormatType form) throws Exception {
        OperatorSubtaskState state;
        try (RollHarness roll = onRocksDb().open()) {
            for (int round = 0; round < ROUNDS; round++) {
                views(roll, round);
            }
            assertThat(roll.snapshot().getRawKeyedState()).as("carried").isNotEmpty();
            state = roll.savepoint(form);
            assertThat(state.getRawKeyedState()).isEmpty();
        }

        try (RollHarness roll = onRocksDb().openFrom(state)) {
            assertThat(roll.users()).hasSize(USERS);
            assertThat(roll.timers()).isEqualTo(USERS);
            views(roll, ROUNDS);

            int views = SHOP.indexOf("views_30d");
            assertThat(roll.updates())
                    .hasSize(USERS)
                    .extracting(UserUpdate::values)
                    .allSatisfy(values -> assertThat(values[views]).isEqualTo(ROUNDS + 1));
            assertThat(roll.updates())
                    .extracting(UserUpdate::incarnation)
                    .isEqualTo(incarnations());
        }
    }

    @Test
    void usersThatChangeWhileACheckpointIsWritten_areInItAsTheyWere() throws Exception {
        int users = 6_000;
        OperatorSubtaskState state;
        try (RollHarness roll = onRocksDb().open()) {
            views(roll, 0, users, users);
            Future<OperatorSubtaskState> checkpoint = roll.checkpoint();
            views(roll, 1, users / 2, users);
            roll.pass(1);
            assertThat(checkpoint.isDone()).isFalse();
            views(roll, 1, users, users);
            while (!checkpoint.isDone()) {
                roll.pass(1);
            }
            state = checkpoint.get();
            assertThat(state.getRawKeyedState()).isNotEmpty();
        }

        try (RollHarness roll = onRocksDb().openFrom(state)) {
            views(roll, 1, users, users);
            int views = SHOP.indexOf("views_30d");
            assertThat(roll.updates())
                    .hasSize(users)
                    .allSatisfy(update -> assertThat(update.values()[views]).isEqualTo(2));
        }
    }

    @Test
    void checkpointThatIsCancelled_stopsItsThread_andTheTaskGoesOn() throws Exception {
        int users = 6_000;
        try (RollHarness roll = onRocksDb().open()) {
            views(roll, 0, users, users);
            Future<OperatorSubtaskState> checkpoint = roll.checkpoint();
            roll.pass(1);
            checkpoint.cancel(true);
            views(roll, 1, users, users);
            roll.pass(100);

            assertThat(roll.snapshot().getRawKeyedState()).isNotEmpty();
            assertThat(roll.users()).hasSize(users);
        }
    }

    private static List<Long> incarnations() {
        return LongStream.range(0, USERS).mapToObj(user -> START + user).toList();
    }

    private static void views(RollHarness roll, int round) throws Exception {
        views(roll, round, USERS, USERS);
    }

    /** Of the first so many of the users. */
    private static void views(RollHarness roll, int round, int acting, int users) throws Exception {
        for (int user = 0; user < acting; user++) {
            long time = START + user + round * 1_000L;
            long id = (long) round * users + user;
            roll.process(
                    new ClickEvent(
                            "u" + user, false, time, id, time, SHOP.typeIndex("view"), 7, 0, 0));
        }
    }

    private static RollHarness onRocksDb() throws Exception {
        return new RollHarness(SHOP, RollOptions.defaults(), null, 1, 0, Caches.LARGE)
                .with(new EmbeddedRocksDBStateBackend());
    }
}
