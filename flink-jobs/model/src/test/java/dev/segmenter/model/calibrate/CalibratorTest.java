// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void run_wellSeparatedBlobs_recommendsTheirNumberAndFindsThem(int k) {
        Points points = Clouds.blobs(k, 400, 3, 9, 11);

        Calibration found = new Calibrator(points, false, Clouds.options(2, 8)).run();

        assertThat(found.recommendation().k()).isEqualTo(k);
        assertThat(found.recommendation().structure()).isEqualTo(Structure.CLEAR);
        assertThat(found.recommendation().sentence()).contains("K = " + k);
        assertThat(AdjustedRandIndex.of(found.labels(), Clouds.truth(k, 400))).isGreaterThan(0.99);
        assertThat(found.tree().k()).isEqualTo(k);
        assertThat(found.density().sizes()).hasSize(k);
        assertThat(found.figures(k).stability()).isGreaterThan(0.99);
        assertThat(found.k()).isEqualTo(k);
    }

    @Test
    void run_oneNormalCloud_saysThatThereIsNoStructure() {
        Points points = Clouds.blobs(1, 500, 4, 0, 3);

        Recommendation found =
                new Calibrator(points, false, Clouds.options(2, 8)).run().recommendation();

        assertThat(found.structure()).isEqualTo(Structure.NONE);
        assertThat(found.sentence()).contains("no clear structure");
        assertThat(found.contradictions()).anyMatch(words -> words.contains("without groups"));
    }

    @Test
    void run_evenlySpreadPoints_saysThatThereIsNoStructure() {
        Points points = Clouds.box(500, 2, 3);

        Recommendation found =
                new Calibrator(points, false, Clouds.options(2, 8)).run().recommendation();

        assertThat(found.structure()).isEqualTo(Structure.NONE);
    }

    @Test
    void run_samePointsAgain_givesTheSameFigures() {
        Points points = Clouds.blobs(3, 200, 2, 4, 5);

        Calibration first = new Calibrator(points, false, Clouds.options(2, 5)).run();
        Calibration second = new Calibrator(points, false, Clouds.options(2, 5)).run();

        assertThat(second.byK()).isEqualTo(first.byK());
        assertThat(second.centroids()).isEqualTo(first.centroids());
        assertThat(second.recommendation()).isEqualTo(first.recommendation());
        assertThat(second.tree()).isEqualTo(first.tree());
        assertThat(second.density()).isEqualTo(first.density());
    }

    @Test
    void figures_ofAK_areExactOnTheWholeSample() {
        Points points = Clouds.blobs(3, 150, 2, 5, 5);

        Calibration found = new Calibrator(points, false, Clouds.options(2, 4)).run();

        KFigures figures = found.figures(found.k());
        assertThat(figures.silhouette()).isEqualTo(Silhouette.of(points.rows(), found.labels(), 2));
        assertThat(figures.sse())
                .isCloseTo(points.sse(found.centroids(), found.labels()), within(1e-9));
        assertThat(figures.sizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(150);
        assertThat(figures.sseBySeed()).hasSize(5).allMatch(sse -> sse >= figures.sse());
    }

    @Test
    void run_greatestKOfTheRange_callsForAWiderOne() {
        Points points = Clouds.blobs(5, 300, 2, 9, 2);

        Recommendation found =
                new Calibrator(points, false, Clouds.options(2, 5)).run().recommendation();

        assertThat(found.k()).isEqualTo(5);
        assertThat(found.contradictions()).anyMatch(words -> words.contains("calibrate.max-k"));
    }

    @Test
    void run_chosenK_isTheModelsAndNotTheRecommendation() {
        CalibrationOptions options =
                new CalibrationOptions(
                        2, 5, 1_000, 5, 5, 60, OptionalInt.empty(), OptionalInt.of(4), 7);

        Calibration found = new Calibrator(Clouds.blobs(3, 300, 2, 9, 2), false, options).run();

        assertThat(found.k()).isEqualTo(4);
        assertThat(found.centroids()).hasSize(4 * 2);
        assertThat(found.recommendation().k()).isEqualTo(3);
    }
}
