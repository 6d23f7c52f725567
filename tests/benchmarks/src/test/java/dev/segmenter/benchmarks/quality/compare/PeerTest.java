// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {
    private static final PointStream STREAM =
            new PointStream(new double[] {1, 9, 3, 7, 2, 11}, 1, 2, 3, 2, 20, 1);

    @TempDir Path folder;

    @Test
    void write_ofAStream_putsHeaderPointsAndStartInOrder() throws IOException {
        Path file = folder.resolve("stream");
        Start start = new Start(new double[] {2, 8}, new double[] {3, 4}, new double[2]);

        PeerFile.write(file, STREAM, start, 7, true);

        double[] numbers = new double[8 + 6 + 2 + 2];
        ByteBuffer.wrap(Files.readAllBytes(file)).asDoubleBuffer().get(numbers);
        assertThat(numbers).containsExactly(6, 1, 2, 3, 2, 20, 7, 1, 1, 9, 3, 7, 2, 11, 2, 8, 3, 4);
    }

    @Test
    void read_ofATraceThatIsTooShort_isRefused() throws IOException {
        Path file = folder.resolve("trace");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (double number : new double[] {1e3, 2, 8}) {
                out.writeDouble(number);
            }
        }

        assertThatThrownBy(() -> PeerFile.read(file, STREAM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 models for 3 batches");
    }

    @Test
    void start_ofACommandThatIsNotThereOrDoesNotGreet_isEmpty() throws IOException {
        assertThat(Peer.start(folder, List.of("/no/such/command"))).isEmpty();
        assertThat(Peer.start(folder, List.of("/bin/false"))).isEmpty();
    }

    @Test
    void sklearn_fromTheCommonStart_takesTheMeansOfAllPoints() throws IOException {
        Path script = Path.of("src/main/python/minibatch_kmeans.py").toAbsolutePath();
        Optional<Peer> sklearn = Peer.start(folder, List.of("/usr/bin/python3", script.toString()));
        assumeThat(sklearn).as("skipped: install Debian's python3-sklearn").isPresent();

        try (Peer peer = sklearn.orElseThrow()) {
            assertThat(peer.version()).startsWith("scikit-learn ");
            Start start = new Start(new double[] {2, 8}, new double[] {2, 2}, new double[2]);
            Trace trace = peer.as(Method.SKLEARN, false).run(STREAM, start, 1);

            assertThat(trace.steps()).hasSize(2);
            assertThat(trace.last().centroids()).contains(new double[] {2, 9}, within(1e-12));
        }
    }
}
