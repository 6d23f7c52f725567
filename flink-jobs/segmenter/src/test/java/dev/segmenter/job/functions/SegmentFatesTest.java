// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentFatesTest {
    @Test
    void count_everyKindOfChange_countsEachOnce() {
        RecordedMetrics metrics = new RecordedMetrics();
        SegmentFates fates = new SegmentFates(metrics.taskGroup());
        CentroidSnapshot snapshot = new CentroidSnapshot();
        snapshot.setCentroids(
                IntStream.of(1, 2, 4, 6, 7)
                        .mapToObj(id -> new Centroid(id, "s" + id, List.of(), 1.0, 1.0, Map.of()))
                        .toList());
        snapshot.setLineage(
                List.of(
                        fate(1, Fate.SURVIVED),
                        fate(2, Fate.MERGED, 2, 3),
                        fate(3, Fate.MERGED, 2, 3),
                        fate(4, Fate.SPLIT, 4),
                        fate(5, Fate.DIED),
                        fate(6, Fate.SPLIT, 4),
                        fate(7, Fate.BORN)));

        fates.count(snapshot);

        for (String fate : List.of("born", "split", "merged", "died")) {
            assertThat(metrics.count("segments_" + fate)).as(fate).isEqualTo(1);
        }
    }

    private static Lineage fate(int id, Fate fate, Integer... parents) {
        return new Lineage(id, "s" + id, fate, List.of(parents));
    }
}
