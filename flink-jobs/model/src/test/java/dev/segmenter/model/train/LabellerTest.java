// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabellerTest {
    private static final double[] BUYER = {2, 1, 0, 0};
    private static final double[] LAPSED = {-2, 0, 1, 0};
    private static final int[] ONE = {1};

    private final FeatureSet features =
            FeatureSet.of(
                    List.of(
                            feature("purchases_90d", "frequent buyers", "rare buyers"),
                            feature("spend_90d", "big spenders", null),
                            feature("views_30d", null, null),
                            feature("sessions_30d", null, null)));
    private final Labeller labeller = new Labeller(features);

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
        return Labeller.read(
                features, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void label_deadSegment_freesItsLabel() {
        labelOf(BUYER);

        assertThat(labeller.label(new int[] {2}, new double[][] {BUYER}))
                .containsExactly("frequent buyers, big spenders");
    }
}
