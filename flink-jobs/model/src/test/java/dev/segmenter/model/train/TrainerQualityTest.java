// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Accuracy on a published benchmark set (P. Fränti, O. Virmajoki, 2006), one pass in random order. */
class TrainerQualityTest {
    private static final double REFERENCE_SSE = 8.91765e12;

    @Test
    void advanceTo_onePassOverS1_comesCloseToTheReferenceSse() throws Exception {
        Path file = data().resolve("bench/s1.csv.gz");
        assumeThat(file)
                .as("skipped: no benchmark data; set SEGMENTER_DATA to the folder with bench/")
                .exists();
        List<double[]> points = read(file);
        Collections.shuffle(points, new Random(1));
        Trainer trainer = new Trainer(TWO, Votes.options(15));

        for (int i = 0; i < points.size(); i++) {
            long time = START + 1 + i * (3 * DAY) / points.size();
            trainer.onVote(Votes.vote(TWO, i, time, points.get(i)));
        }
        trainer.advanceTo(START + 3 * DAY);
        CentroidSnapshot model = trainer.finish(START + 3 * DAY).orElseGet(() -> current(trainer));

        assertThat(model.getCentroids()).hasSize(15);
        assertThat(sse(points, model)).isBetween(0.999 * REFERENCE_SSE, 1.05 * REFERENCE_SSE);
    }

    private static CentroidSnapshot current(Trainer trainer) {
        return trainer.current().orElseThrow();
    }

    private static Path data() {
        String configured = System.getenv("SEGMENTER_DATA");
        return configured == null ? projectRoot().resolve("../shared/data") : Path.of(configured);
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<double[]> read(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> Character.isDigit(line.charAt(0)))
                    .map(line -> line.split(",", -1))
                    .map(c -> new double[] {Double.parseDouble(c[0]), Double.parseDouble(c[1])})
                    .collect(Collectors.toList());
        }
    }

    private static double sse(List<double[]> points, CentroidSnapshot model) {
        double[] rows =
                model.getCentroids().stream()
                        .flatMap(c -> c.getVector().stream())
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        double sum = 0;
        for (double[] point : points) {
            int nearest = Distances.nearest(point, 0, rows, rows.length / 2, 2);
            sum += Distances.squared(point, 0, rows, nearest * 2, 2);
        }
        return sum;
    }
}
