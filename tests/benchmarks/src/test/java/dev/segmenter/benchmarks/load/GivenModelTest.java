// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenModelTest {
    @Test
    void nearest_jobAndPeer_agreeOnEveryVector() {
        FeatureSet features = LoadFeatures.of(16);
        PeerModel peer = model(16, 16);
        CentroidModel own = CentroidModel.of(GivenModel.snapshot(features, peer));
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 2_000; i++) {
            double[] vector = random.doubles(16, 0, 5).toArray();
            double[] framed = new double[16];
            own.toFrame(vector, framed);

            assertThat(PeerModel.nearest(vector, peer.flat())).isEqualTo(own.nearest(framed));
        }
    }

    @Test
    void peerModel_writtenAndRead_isTheSame(@TempDir Path folder) throws IOException {
        PeerModel model = model(3, 4);
        model.write(folder.resolve("m.csv"));

        assertThat(PeerModel.read(folder.resolve("m.csv")).flat()).isEqualTo(model.flat());
    }

    @Test
    void of_sampledUsers_givesEachCentroidItsMembers() {
        LoadOptions options =
                LoadOptions.from(new Properties()).with("events", 60_000).with("users", 2_000);
        List<double[]> vectors = SampleVectors.of(options);
        PeerModel model = PeerModel.of(vectors, 16, 1);

        long used =
                vectors.stream()
                        .mapToInt(vector -> PeerModel.nearest(vector, model.flat()))
                        .distinct()
                        .count();

        assertThat(vectors).hasSizeBetween(1_500, 2_000);
        assertThat(used).isEqualTo(16);
    }

    private static PeerModel model(int k, int d) {
        SplittableRandom random = new SplittableRandom(5);
        return new PeerModel(
                Stream.generate(() -> random.doubles(d, 0, 4).toArray()).limit(k).toList());
    }
}
