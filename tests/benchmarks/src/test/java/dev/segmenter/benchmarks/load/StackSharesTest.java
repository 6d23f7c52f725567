// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.benchmarks.load.StackShares.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackSharesTest {
    private static final String ROLL = "[roll features (1/2)#0 tid=7];Task.run;";
    private static final String STATE =
            "dev/segmenter/job/functions/RollFeatures.processElement;"
                    + "org/apache/flink/state/rocksdb/RocksDBValueState.value;org/rocksdb/RocksDB.get";
    private static final String TIMER =
            "dev/segmenter/job/functions/RollFeatures.keep;"
                    + "org/apache/flink/streaming/api/operators/InternalTimerServiceImpl.register;"
                    + "org/apache/flink/state/rocksdb/RocksDBCachingPriorityQueueSet.add;"
                    + "org/apache/flink/state/rocksdb/RocksDBWriteBatchWrapper.put;"
                    + "org/rocksdb/RocksDB.write";

    @Test
    void partOf_rocksDb_isTimersOnlyBelowTheirQueue() {
        assertThat(StackShares.partOf(ROLL + STATE)).isEqualTo(Part.STATE);
        assertThat(StackShares.partOf(ROLL + TIMER)).isEqualTo(Part.TIMERS);
    }

    @Test
    void partOf_workAtATimer_isThatOfTheWork() {
        String fired =
                "org/apache/flink/streaming/api/operators/InternalTimerServiceImpl.advance;"
                        + "dev/segmenter/job/functions/RollFeatures.onEventTime;"
                        + "dev/segmenter/model/roll/FeatureRoller.onTimer";

        assertThat(StackShares.partOf(ROLL + fired)).isEqualTo(Part.ROLL);
    }

    @Test
    void partOf_usersToBytesAndBack_isState() {
        String packing =
                "dev/segmenter/job/state/PackedUsers.pack;"
                        + "dev/segmenter/job/state/UserStateSerializer.serialize;"
                        + "dev/segmenter/model/roll/UserState.write;"
                        + "dev/segmenter/model/roll/Varints.writeUnsigned";

        assertThat(StackShares.partOf(ROLL + packing)).isEqualTo(Part.STATE);
    }

    @Test
    void partOf_threadsOfOnePart_decideAlone() {
        assertThat(StackShares.partOf("[C2 CompilerThre tid=3];x")).isEqualTo(Part.JIT);
        assertThat(StackShares.partOf("[GC Thread#0 tid=3];x")).isEqualTo(Part.GC);
        assertThat(
                        StackShares.partOf(
                                "[train centroids (1/1)#0 tid=3];dev/segmenter/model/roll/X.y"))
                .isEqualTo(Part.TRAIN);
    }

    @Test
    void share_allParts_addUpToOne() {
        StackShares shares =
                new StackShares(
                        List.of(
                                ROLL + STATE + " 60",
                                ROLL + TIMER + " 15",
                                ROLL + "dev/segmenter/model/cluster/Distances.nearest 5",
                                "[x tid=1];y 20"));

        assertThat(shares.share(Part.STATE)).isCloseTo(0.60, within(1e-12));
        assertThat(shares.share(Part.TIMERS)).isCloseTo(0.15, within(1e-12));
        assertThat(shares.share(Part.ASSIGN)).isCloseTo(0.05, within(1e-12));
        double sum = 0;
        for (Part part : Part.values()) {
            sum += shares.share(part);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }
}
