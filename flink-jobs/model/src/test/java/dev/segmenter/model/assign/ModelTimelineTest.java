// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.segmenter.model.cluster.CentroidModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ModelTimelineTest {
    private final ModelTimeline timeline = new ModelTimeline();

    @Test
    void effectiveAt_emptyTimeline_isNull() {
        assertThat(timeline.effectiveAt(Long.MAX_VALUE)).isNull();
        assertThat(timeline.newest()).isNull();
    }

    @Test
    void effectiveAt_takesTheNewestAtOrBefore() {
        add(1, 100);
        add(2, 200);

        assertThat(timeline.effectiveAt(99)).isNull();
        assertThat(timeline.effectiveAt(100).version()).isEqualTo(1);
        assertThat(timeline.effectiveAt(199).version()).isEqualTo(1);
        assertThat(timeline.effectiveAt(200).version()).isEqualTo(2);
        assertThat(timeline.newest().version()).isEqualTo(2);
    }

    @Test
    void effectiveAt_laterVersionEffectiveEarlier_supersedesForGood() {
        add(1, 300);
        add(2, 100);

        assertThat(timeline.effectiveAt(300).version()).isEqualTo(2);
    }

    @Test
    void add_sameVersionAgain_isIgnored() {
        add(1, 100);
        add(1, 500);

        assertThat(timeline.models())
                .extracting(CentroidModel::effectiveFrom)
                .containsExactly(100L);
    }

    @Test
    void add_olderVersion_isRefused() {
        add(2, 100);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> add(1, 100))
                .withMessageContaining("version 1 after 2");
    }

    @Test
    void dropBefore_keepsWhatTheTimeAndLaterOnesNeed() {
        add(1, 100);
        add(2, 200);
        add(3, 300);

        timeline.dropBefore(99);
        assertThat(timeline.models()).hasSize(3);
        timeline.dropBefore(250);
        assertThat(timeline.models()).extracting(CentroidModel::version).containsExactly(2L, 3L);
        timeline.dropBefore(Long.MAX_VALUE);
        assertThat(timeline.models()).extracting(CentroidModel::version).containsExactly(3L);
    }

    @Test
    void labelOf_outlivesTheModel_andFollowsRewording() {
        timeline.add(Scene.model(1).centroid(1, "one", 0, 0).centroid(2, "two", 1, 1).build());
        timeline.add(Scene.model(2).centroid(1, "first", 0, 0).died(2, "two").died(7, "x").build());
        timeline.dropBefore(Long.MAX_VALUE);

        assertThat(timeline.labelOf(1)).isEqualTo("first");
        assertThat(timeline.labelOf(2)).isEqualTo("two");
        assertThat(timeline.labelOf(7)).isEqualTo("x");
        assertThat(timeline.labelOf(3)).isNull();
    }

    @Test
    void labels_writtenAndRead_areTheSame_andNewerOnesStay() throws IOException {
        timeline.add(Scene.baseModel(1).build());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        timeline.writeLabels(new DataOutputStream(bytes));
        ModelTimeline restored = new ModelTimeline();
        restored.add(Scene.model(2).centroid(2, "reworded", 0, 0).build());

        restored.readLabels(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(restored.labelOf(1)).isEqualTo("one");
        assertThat(restored.labelOf(2)).isEqualTo("reworded");
        assertThat(restored.labelOf(3)).isEqualTo("three");
    }

    @Test
    void labels_overTheCap_forgetTheOldestSegments() {
        int count = ModelTimeline.MAX_LABELS + 10;
        ModelBuilder many = Scene.model(1);
        for (int id = 1; id <= count; id++) {
            many.centroid(id, "s" + id, id, id);
        }

        timeline.add(many.build());

        assertThat(timeline.labelOf(10)).isNull();
        assertThat(timeline.labelOf(11)).isEqualTo("s11");
        assertThat(timeline.labelOf(count)).isEqualTo("s" + count);
    }

    private void add(long version, long effectiveFrom) {
        timeline.add(Scene.baseModel(version).effectiveFrom(effectiveFrom).build());
    }
}
