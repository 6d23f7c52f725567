// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.FEATURES;
import static dev.segmenter.quickstart.report.Records.centroid;
import static dev.segmenter.quickstart.report.Records.fate;
import static dev.segmenter.quickstart.report.Records.hour;
import static dev.segmenter.quickstart.report.Records.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.report.ReportData.Life;
import dev.segmenter.quickstart.report.ReportData.Mark;
import dev.segmenter.quickstart.report.ReportData.MarkKind;
import dev.segmenter.quickstart.report.ReportData.ModelEvent;
import dev.segmenter.quickstart.report.ReportData.QualityPoint;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelHistoryTest {
    private final ModelHistory history = new ModelHistory(FEATURES);

    @Test
    void history_birthsAndDeaths_boundTheLives() {
        history.add(snapshot(1, List.of(fate(1, Fate.BORN), fate(2, Fate.BORN)), 1, 2));
        history.add(snapshot(2, List.of(), 1, 2));
        history.add(snapshot(3, List.of(fate(2, Fate.DIED), fate(3, Fate.SPLIT)), 1, 3));

        assertThat(history.history().lives())
                .containsExactly(
                        new Life(1, hour(1).toEpochMilli(), null),
                        new Life(2, hour(1).toEpochMilli(), hour(3).toEpochMilli()),
                        new Life(3, hour(3).toEpochMilli(), null));
        assertThat(history.history().events())
                .extracting(ModelEvent::version)
                .containsExactly(1L, 3L);
        assertThat(history.history().events().get(1).marks())
                .containsExactly(new Mark(MarkKind.DIED, 2), new Mark(MarkKind.SPLIT, 3));
        assertThat(history.history().events().get(1).statements()).isNotEmpty();
    }

    @Test
    void history_newWordingScaleAndStir_areMarked() {
        history.add(snapshot(1, List.of(), 1));
        CentroidSnapshot next = snapshot(2, List.of(fate(1, Fate.SURVIVED)), 1);
        next.setCentroids(List.of(centroid(1, "other words")));
        next.setRescaled(true);
        next.setRelabelled(0.3);
        history.add(next);

        assertThat(history.history().events())
                .singleElement()
                .extracting(ModelEvent::marks)
                .isEqualTo(
                        List.of(
                                new Mark(MarkKind.RENAMED, 1),
                                new Mark(MarkKind.RESCALED, null),
                                new Mark(MarkKind.RELABELLED, null)));
    }

    @Test
    void history_manyVersions_keepsEveryNthQualityAndTheNewestEvents() {
        int versions = 2 * ModelHistory.MOST_POINTS + 10;
        for (int version = 1; version <= versions; version++) {
            CentroidSnapshot snapshot = snapshot(version, List.of(), 1);
            snapshot.setRelabelled(0.5);
            history.add(snapshot);
        }

        List<QualityPoint> quality = history.history().quality();
        assertThat(history.versions()).isEqualTo(versions);
        assertThat(history.history().every()).isEqualTo(4);
        assertThat(quality).hasSizeLessThanOrEqualTo(ModelHistory.MOST_POINTS);
        for (int i = 0; i < quality.size(); i++) {
            assertThat(quality.get(i).version()).isEqualTo(1 + 4L * i);
        }
        assertThat(history.history().events()).hasSize(ModelHistory.MOST_EVENTS);
        assertThat(history.history().eventsOmitted())
                .isEqualTo(versions - ModelHistory.MOST_EVENTS);
    }
}
