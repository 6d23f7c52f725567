// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import static dev.segmenter.quickstart.Changes.because;
import static dev.segmenter.quickstart.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import org.junit.jupiter.api.Test;

class ChangeTextTest {
    private static String reason(SegmentChange change) {
        return ChangeText.reason(change, DefaultFeatures.shop());
    }

    @Test
    void move_enteringMovingAndLeaving_readsAsASentence() {
        assertThat(ChangeText.move(change(Cause.FIRST, null, "buyers")))
                .isEqualTo("ann joins buyers");
        assertThat(ChangeText.move(change(Cause.EXPIRY, "buyers", null)))
                .isEqualTo("ann leaves buyers");
        assertThat(ChangeText.move(change(Cause.BEHAVIOUR, "buyers", "browsers")))
                .isEqualTo("ann: buyers -> browsers");
    }

    @Test
    void reason_behaviour_namesTheTopContributionInItsUnit() {
        assertThat(reason(because(change(Cause.BEHAVIOUR, "a", "b"), "spend_90d", 12.345, 1_200)))
                .isEqualTo("the user changed, spend in 90 days rose from 12 to 1,200");
        assertThat(reason(because(change(Cause.BEHAVIOUR, "a", "b"), "views_30d", 9, 2)))
                .isEqualTo("the user changed, views in 30 days fell from 9 to 2");
    }

    @Test
    void reason_model_saysThatTheSegmentsMoved() {
        assertThat(reason(because(change(Cause.MODEL, "a", "b"), "views_30d", 9, 9)))
                .isEqualTo("the segments moved, views in 30 days stayed at 9");
        assertThat(reason(change(Cause.MODEL, "a", "b"))).isEqualTo("the segments moved");
    }

    @Test
    void reason_withoutContributions_saysTheCause() {
        assertThat(reason(change(Cause.FIRST, null, "b"))).isEqualTo("first segment");
        assertThat(reason(change(Cause.EXPIRY, "a", null))).isEqualTo("silent for too long");
        assertThat(reason(change(Cause.ERASURE, "a", null))).isEqualTo("forgotten on request");
    }
}
