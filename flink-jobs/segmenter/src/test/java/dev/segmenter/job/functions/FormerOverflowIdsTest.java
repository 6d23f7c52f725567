// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserStateSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.UserState;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** Savepoints before v3 have an entry for each overflowing event id: they are duplicates after it, too. */
class FormerOverflowIdsTest {
    private static final FeatureSet SHOP = DefaultFeatures.shop();
    private static final RollOptions OPTIONS = RollOptions.defaults();
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final int IDS = OPTIONS.dedupCapacity() + 100;

    @Test
    void restored_idsOfThenAreDuplicates_andTheFormerEntriesGo() throws Exception {
        OperatorSubtaskState former = former();
        OperatorSubtaskState next;
        try (RollHarness roll = onRocksDb().openFrom(former)) {
            for (int id = 0; id < IDS; id++) {
                roll.process(view(id, START + IDS));
            }
            assertThat(roll.metrics().count(MetricNames.DUPLICATES)).isEqualTo(IDS);
            roll.process(view(IDS, START + IDS));
            assertThat(roll.metrics().count(MetricNames.EVENTS_COUNTED)).isEqualTo(1);
            assertThat(roll.stateEntries()).as("value and one list of ids").isEqualTo(2);
            next = roll.snapshot();
        }

        try (RollHarness roll = onRocksDb().openFrom(next)) {
            for (int id = 0; id <= IDS; id++) {
                roll.process(view(id, START + IDS));
            }
            assertThat(roll.metrics().count(MetricNames.DUPLICATES)).isEqualTo(IDS + 1);
        }
    }

    @Test
    void restored_idsTooOldToMatter_areSwept() throws Exception {
        try (RollHarness roll = onRocksDb().openFrom(former())) {
            roll.process(view(0, START + Duration.ofHours(3).toMillis()));

            assertThat(roll.metrics().count(MetricNames.EVENTS_COUNTED)).isEqualTo(1);
            assertThat(roll.stateEntries()).as("the value alone").isEqualTo(1);
        }
    }

    private static OperatorSubtaskState former() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, ClickEvent, Void> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new FormerRoll()),
                        ClickEvent::userId,
                        Types.STRING,
                        RollHarness.MAX_PARALLELISM,
                        1,
                        0)) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.open();
            for (int id = 0; id < IDS; id++) {
                harness.processElement(new StreamRecord<>(view(id, START + id)));
            }
            return harness.snapshot(1, 0);
        }
    }

    private static RollHarness onRocksDb() throws Exception {
        return new RollHarness(SHOP, OPTIONS, null, 1, 0, Caches.LARGE)
                .with(new EmbeddedRocksDBStateBackend());
    }

    private static ClickEvent view(int id, long time) {
        return new ClickEvent("ada", false, time, id, time, SHOP.typeIndex("view"), 7, 0, 0);
    }

    /** Users' state as savepoints before v3 have it. */
    private static final class FormerRoll extends KeyedProcessFunction<String, ClickEvent, Void> {
        private static final long serialVersionUID = 1L;

        private transient FeatureRoller roller;
        private transient ValueState<Timed<UserState>> users;
        private transient MapState<Long, Long> ids;

        @Override
        public void open(OpenContext context) {
            roller = new FeatureRoller(SHOP, OPTIONS);
            users =
                    getRuntimeContext()
                            .getState(
                                    UserOperator.descriptor(
                                            RollFeatures.STATE, new UserStateSerializer(SHOP)));
            ids =
                    getRuntimeContext()
                            .getMapState(
                                    new MapStateDescriptor<>(
                                            "overflowing-event-ids", Types.LONG, Types.LONG));
        }

        @Override
        public void processElement(ClickEvent event, Context context, Collector<Void> out)
                throws Exception {
            Timed<UserState> user = users.value();
            if (user == null) {
                user = new Timed<>(roller.begin(event), Timed.NONE);
            }
            roller.onEvent(user.value(), event, new FormerIds(), Silent.OUTPUT);
            users.update(user);
        }

        private final class FormerIds implements OverflowIds {
            @Override
            public boolean addIfAbsent(long eventIdHash, long eventTime) {
                try {
                    boolean isNew = !ids.contains(eventIdHash);
                    if (isNew) {
                        ids.put(eventIdHash, eventTime);
                    }
                    return isNew;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void dropBefore(long eventTime) {
                throw new AssertionError("all within one dedup");
            }
        }
    }
}
