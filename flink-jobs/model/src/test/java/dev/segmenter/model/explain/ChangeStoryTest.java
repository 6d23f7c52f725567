// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeStoryTest {
    private static final FeatureSet SHOP =
            FeatureSet.of(
                    List.of(
                            Specs.count("buys", 90, "purchase"),
                            Specs.sum("spend", 90, "purchase"),
                            Specs.count("views", 30, "view")));

    private static SegmentChange change(Cause cause, String before, String now, Contribution... c) {
        return SegmentChange.newBuilder()
                .setChangeId("c")
                .setUserId("ann")
                .setIncarnation(Instant.EPOCH)
                .setSequence(1)
                .setEventTime(Instant.EPOCH)
                .setPreviousSegmentLabel(before)
                .setSegmentLabel(now)
                .setCause(cause)
                .setContributions(List.of(c))
                .build();
    }

    @Test
    void of_behaviour_tellsWhatSpeaksForTheMoveInItsUnits() {
        SegmentChange change =
                change(
                        Cause.BEHAVIOUR,
                        "rare buyers",
                        "frequent buyers",
                        new Contribution("spend", 0.0, 145.2, 2.5),
                        new Contribution("views", 9.0, 40.0, -1.5),
                        new Contribution("buys", 0.0, 3.0, 1.25));

        assertThat(ChangeStory.of(change, SHOP, 2))
                .isEqualTo(
                        "from rare buyers to frequent buyers: the user changed, spend in 90 days"
                                + " rose from 0 to 145, purchases in 90 days rose from 0 to 3");
        assertThat(ChangeStory.of(change, SHOP, 1)).endsWith("from 0 to 145");
        assertThat(ChangeStory.of(change, SHOP, 0)).endsWith(": the user changed");
    }

    @Test
    void of_otherCauses_saysThem() {
        assertThat(ChangeStory.of(change(Cause.FIRST, null, "buyers"), SHOP, 3))
                .isEqualTo("joins buyers: first segment");
        assertThat(ChangeStory.of(change(Cause.EXPIRY, "buyers", null), SHOP, 3))
                .isEqualTo("leaves buyers: silent for too long");
        assertThat(ChangeStory.of(change(Cause.ERASURE, "buyers", null), SHOP, 3))
                .isEqualTo("leaves buyers: forgotten on request");
        assertThat(
                        ChangeStory.of(
                                change(
                                        Cause.MODEL,
                                        "a",
                                        "b",
                                        new Contribution("gone_7d", 2.0, 2.0, 1.0)),
                                SHOP,
                                3))
                .isEqualTo("from a to b: the segments moved, gone 7d stayed at 2");
    }
}
