// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segmenter.benchmarks.quality.DataFolder;
import dev.segmenter.model.calibrate.AdjustedRandIndex;
import dev.segmenter.model.calibrate.Calibration;
import dev.segmenter.model.calibrate.CalibrationOptions;
import dev.segmenter.model.calibrate.Calibrator;
import dev.segmenter.model.calibrate.Points;
import dev.segmenter.model.calibrate.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the calibration finds the K of sets whose groups are known. */
class RecommendedKTest {
    private static final Path ROOT = Path.of("../..");
    private static final int SAMPLE = 3_000;

    /** Of s3, whose clusters overlap, k-means itself at the true centres reaches 0.725. */
    @ParameterizedTest
    @CsvSource({"s1, 0.98", "s3, 0.7", "unbalance, 0.99"})
    void run_labelledSet_recommendsItsK(String name, double leastAgreement) throws IOException {
        BenchmarkSet set =
                BenchmarkSet.ALL.stream()
                        .filter(s -> s.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        DataFolder data = DataFolder.of(ROOT);
        Optional<Path> file = data.find(set.file());
        assumeTrue(file.isPresent(), () -> data.skipped(set.file()));
        PointSet all = set.read(file.get());
        int[] sample = sample(all.truth().length);
        Points points = new Points(all.points(), all.d()).pick(sample);
        BenchmarkSet.standardise(points.rows(), all.d());

        Calibration found = new Calibrator(points, false, options()).run();

        assertThat(found.recommendation().k()).isEqualTo(set.k());
        assertThat(found.recommendation().structure()).isEqualTo(Structure.CLEAR);
        int[] truth = Arrays.stream(sample).map(i -> all.truth()[i]).toArray();
        assertThat(AdjustedRandIndex.of(found.labels(), truth)).isGreaterThan(leastAgreement);
    }

    private static int[] sample(int n) {
        int[] order = IntStream.range(0, n).toArray();
        Random random = new Random(1);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        return Arrays.copyOf(order, SAMPLE);
    }

    private static CalibrationOptions options() {
        return new CalibrationOptions(
                2, 18, SAMPLE, 10, 6, 200, OptionalInt.empty(), OptionalInt.empty(), 42);
    }
}
