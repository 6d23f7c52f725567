// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

class GivenModelTest {
    @Test
    void nearest_jobAndPeer_agreeOnEveryVector() {
        FeatureSet features = LoadFeatures.of(16);
        PeerModel peer = PeerModel.random(16, 16, 5);
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
        PeerModel model = PeerModel.random(3, 4, 1);
        model.write(folder.resolve("m.csv"));

        assertThat(PeerModel.read(folder.resolve("m.csv")).flat()).isEqualTo(model.flat());
    }
}
