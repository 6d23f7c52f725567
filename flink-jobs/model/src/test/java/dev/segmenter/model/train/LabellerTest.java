// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabellerTest {
    private static final double[] BUYER = {2, 1, 0, 0};
    private static final double[] LAPSED = {-2, 0, 1, 0};
    private static final int[] ONE = {1};
    private static final int RESERVED = 3;

    private final FeatureSet features =
            FeatureSet.of(
                    List.of(
                            feature("purchases_90d", "frequent buyers", "rare buyers"),
                            feature("spend_90d", "big spenders", null),
                            feature("views_30d", null, null),
                            feature("sessions_30d", null, null)));
    private final Labeller labeller = new Labeller(features, RESERVED);

    private static FeatureSpec feature(String name, String high, String low) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(),
                null,
                Duration.ofDays(30),
                null,
                null,
                Transform.LOG1P,
                true,
                high,
                low);
    }

    private String labelOf(double[] deviations) {
        return labeller.label(ONE, new double[][] {deviations}).get(0);
    }

    @Test
    void label_birth_namesTheTwoStrongestFeatures() {
        assertThat(
                        labeller.label(
                                new int[] {1, 2, 3},
                                new double[][] {{1, 2, 0.9, 0}, {-2, 0, 1, 0}, {0, -1, 0, 0.4}}))
                .containsExactly(
                        "big spenders, frequent buyers",
                        "rare buyers, high views 30d",
                        "low spend 90d");
    }

    @Test
    void label_nearTheMean_isAverage() {
        assertThat(labelOf(new double[] {0.4, -0.4, 0.1, 0})).isEqualTo("average users");
    }

    @Test
    void label_sameStory_addsAThirdFeatureThenANumber() {
        assertThat(
                        labeller.label(
                                new int[] {1, 2, 3, 4, 5},
                                new double[][] {
                                    BUYER,
                                    {2, 1, -0.2, 0},
                                    {2, 1, -0.2, 0},
                                    {0, 0, 0, 0},
                                    {0, 0, 0, 0}
                                }))
                .containsExactly(
                        "frequent buyers, big spenders",
                        "frequent buyers, big spenders, low views 30d",
                        "frequent buyers, big spenders, low views 30d 2",
                        "average users",
                        "average users 2");
    }

    @Test
    void label_sameWordsInOtherOrder_addsAThirdFeature() {
        assertThat(labeller.label(new int[] {1, 2}, new double[][] {BUYER, {1, 2, -0.2, 0}}))
                .containsExactly(
                        "frequent buyers, big spenders",
                        "big spenders, frequent buyers, low views 30d");
    }

    @Test
    void label_twoOtherStoriesInARow_isKept() {
        String born = labelOf(BUYER);
        for (int round = 0; round < 5; round++) {
            assertThat(labelOf(LAPSED)).isEqualTo(born);
            assertThat(labelOf(LAPSED)).isEqualTo(born);
            assertThat(labelOf(BUYER)).isEqualTo(born);
        }
    }

    @Test
    void label_otherStoriesThatDisagree_isKept() {
        String born = labelOf(BUYER);
        for (int round = 0; round < 5; round++) {
            assertThat(labelOf(LAPSED)).isEqualTo(born);
            assertThat(labelOf(new double[] {0, 0, 0, 3})).isEqualTo(born);
        }
    }

    @Test
    void label_sameFeaturesInOtherOrder_isKept() {
        String born = labelOf(BUYER);
        for (int round = 0; round < 5; round++) {
            assertThat(labelOf(new double[] {1, 2, 0, 0})).isEqualTo(born);
        }
    }

    @Test
    void label_threeOtherStoriesInARow_isReworded() throws Exception {
        labelOf(BUYER);
        labelOf(LAPSED);
        labelOf(LAPSED);
        Labeller restored = copy();

        assertThat(labelOf(LAPSED)).isEqualTo("rare buyers, high views 30d");
        assertThat(restored.label(ONE, new double[][] {LAPSED}))
                .containsExactly("rare buyers, high views 30d");
    }

    private Labeller copy() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        labeller.write(new DataOutputStream(bytes));
        return read(bytes.toByteArray());
    }

    private Labeller read(byte[] state) throws Exception {
        Labeller restored = new Labeller(features, RESERVED);
        restored.read(new DataInputStream(new ByteArrayInputStream(state)));
        return restored;
    }

    @Test
    void label_deadSegment_reservesItsLabelForAWhile() throws Exception {
        labelOf(BUYER);
        Labeller restored = null;
        for (int snapshot = 0; snapshot < RESERVED; snapshot++) {
            int[] heir = {2 + snapshot};
            assertThat(labeller.label(heir, new double[][] {BUYER}))
                    .doesNotContain("frequent buyers, big spenders");
            restored = copy();
        }

        int[] late = {9};
        assertThat(labeller.label(late, new double[][] {BUYER}))
                .containsExactly("frequent buyers, big spenders");
        assertThat(restored.label(late, new double[][] {BUYER}))
                .containsExactly("frequent buyers, big spenders");
    }

    @Test
    void label_reworded_reservesTheFormerForOthersOnly() {
        String born = labelOf(BUYER);
        for (int told = 0; told < Labeller.STORIES_TO_REWORD; told++) {
            labelOf(LAPSED);
        }

        List<String> labels =
                labeller.label(new int[] {1, 2}, new double[][] {LAPSED, {2, 1, 0, 0.1}});
        assertThat(labels).doesNotContain(born);

        labeller.label(ONE, new double[][] {BUYER});
        labeller.label(ONE, new double[][] {BUYER});
        assertThat(labelOf(BUYER)).isEqualTo(born);
    }

    @Test
    void label_ownName_holdsUntilWithdrawn() throws Exception {
        labelOf(BUYER);
        labeller.useLabels(new SegmentLabels(Map.of(1, "whales")));
        for (int snapshot = 0; snapshot < 5; snapshot++) {
            assertThat(labelOf(LAPSED)).isEqualTo("whales");
        }
        Labeller withdrawn = copy();
        Labeller renamed = copy();
        renamed.useLabels(new SegmentLabels(Map.of(1, "sharks")));

        assertThat(withdrawn.label(ONE, new double[][] {LAPSED}))
                .containsExactly("rare buyers, high views 30d");
        assertThat(renamed.label(ONE, new double[][] {LAPSED})).containsExactly("sharks");
    }

    @Test
    void label_ownNameLikeAGeneratedOne_rewordsTheGeneratedOne() {
        assertThat(labelOf(BUYER)).isEqualTo("frequent buyers, big spenders");
        labeller.useLabels(new SegmentLabels(Map.of(2, "big spenders, frequent buyers")));

        assertThat(labeller.label(new int[] {1, 2}, new double[][] {{2, 1, -0.2, 0}, LAPSED}))
                .containsExactly(
                        "frequent buyers, big spenders, low views 30d",
                        "big spenders, frequent buyers");
    }

    @Test
    void label_ownNameOfADeadSegment_isPassedOver() {
        labeller.useLabels(new SegmentLabels(Map.of(7, "frequent buyers, big spenders")));

        assertThat(labelOf(BUYER)).isEqualTo("frequent buyers, big spenders");
    }

    /** The bytes of version 1: the number of names, then id, label, story, rival and its count of each. */
    @Test
    void read_stateOfVersion1_goesOnWithItsLabels() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeInt(1);
        out.writeUTF("the loyal");
        out.writeUTF("big spenders, frequent buyers");
        out.writeUTF("high views 30d, rare buyers");
        out.writeInt(2);
        Labeller told = read(bytes.toByteArray());
        Labeller denied = read(bytes.toByteArray());

        assertThat(denied.label(ONE, new double[][] {BUYER})).containsExactly("the loyal");
        assertThat(told.label(ONE, new double[][] {LAPSED}))
                .containsExactly("rare buyers, high views 30d");
    }

    @Test
    void read_stateOfALaterVersion_isRefused() {
        assertThatThrownBy(() -> read(new byte[] {-1, -1, -1, -3}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3");
    }
}
