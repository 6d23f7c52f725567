// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Streams and traces as files of big-endian doubles, which every peer can read and write. A stream: n,
 * d, k, batches, start batches, half-life in batches, seed, 1 for the peer's own start or 0; the points
 * (n x d); the common start's centroids (k x d) and weights (k). A trace: points per second; then
 * centroids (k x d), first after the start, then after each further batch.
 */
final class PeerFile {
    private PeerFile() {}

    /** Writes a stream. */
    static void write(Path file, PointStream stream, Start start, long seed, boolean ownStart)
            throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            double[] header = {
                stream.size(),
                stream.d(),
                stream.k(),
                stream.batches(),
                stream.startBatches(),
                stream.halfLife(),
                seed,
                ownStart ? 1 : 0
            };
            for (double[] part :
                    List.of(header, stream.points(), start.centroids(), start.weights())) {
                for (double number : part) {
                    out.writeDouble(number);
                }
            }
        }
    }

    /** Reads the trace of a stream; the clusters are called by their rows. */
    static Trace read(Path file, PointStream stream) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        double[] numbers = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(numbers);
        int[] ids = IntStream.range(0, stream.k()).toArray();
        int length = stream.k() * stream.d();
        List<Trace.Step> steps = new ArrayList<>();
        for (int at = 1; at < numbers.length; at += length) {
            steps.add(new Trace.Step(ids, Arrays.copyOfRange(numbers, at, at + length)));
        }
        if (steps.size() != stream.batches() - stream.startBatches() + 1) {
            throw new IOException(
                    file
                            + " holds "
                            + steps.size()
                            + " models for "
                            + stream.batches()
                            + " batches; see the peer's log beside it");
        }
        return new Trace(steps, numbers[0]);
    }
}
