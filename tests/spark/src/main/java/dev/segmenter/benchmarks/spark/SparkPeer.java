// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.spark;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.StreamingKMeans;
import org.apache.spark.mllib.clustering.StreamingKMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/**
 * Spark MLlib's StreamingKMeans on batches from files (their format: see PeerFile in
 * tests/benchmarks). Greets with its version, then takes a line "source, tab, target" for each
 * stream and answers "done".
 */
public final class SparkPeer {
    private static final int HEADER = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final JavaSparkContext spark;

    private SparkPeer(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** Runs until the standard input ends. */
    public static void main(String[] arguments) throws IOException {
        SparkConf settings =
                new SparkConf()
                        .setMaster("local[1]")
                        .setAppName("streaming k-means")
                        .set("spark.ui.enabled", "false")
                        .set("spark.log.level", "WARN")
                        .set("spark.driver.host", "127.0.0.1")
                        .set("spark.driver.bindAddress", "127.0.0.1");
        try (JavaSparkContext spark = new JavaSparkContext(settings)) {
            new SparkPeer(spark).serve(System.out);
        }
    }

    private void serve(PrintStream answers) throws IOException {
        answers.println("Spark MLlib " + spark.version());
        BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] files = line.split("\t", -1);
            run(Path.of(files[0]), Path.of(files[1]));
            answers.println("done");
        }
    }

    private void run(Path source, Path target) throws IOException {
        Stream stream = Stream.read(source);
        StreamingKMeans streaming =
                new StreamingKMeans()
                        .setK(stream.k())
                        .setHalfLife(stream.halfLife(), StreamingKMeans.BATCHES());
        if (stream.ownStart()) {
            streaming.setRandomCenters(stream.d(), 0, stream.seed());
        } else {
            streaming.setInitialCenters(stream.startCentroids(), stream.startWeights());
        }
        StreamingKMeansModel model = streaming.latestModel();
        List<Vector[]> trace = new ArrayList<>();
        int first = stream.ownStart() ? 0 : stream.startBatches();
        long nanos = 0;
        for (int batch = first; batch < stream.batches(); batch++) {
            if (batch >= stream.startBatches()) {
                trace.add(copy(model.clusterCenters()));
            }
            List<Vector> points = stream.batch(batch);
            long before = System.nanoTime();
            model =
                    model.update(
                            spark.parallelize(points, 1).rdd(),
                            streaming.decayFactor(),
                            streaming.timeUnit());
            nanos += System.nanoTime() - before;
        }
        trace.add(copy(model.clusterCenters()));
        double points = stream.size() - stream.from(first);
        write(target, points * NANOS_PER_SECOND / nanos, trace);
    }

    /** An update moves the vectors in place. */
    private static Vector[] copy(Vector[] centroids) {
        return Arrays.stream(centroids).map(Vector::copy).toArray(Vector[]::new);
    }

    private static void write(Path target, double pointsPerSecond, List<Vector[]> trace)
            throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(target))) {
            int numbers = trace.stream().flatMap(Arrays::stream).mapToInt(Vector::size).sum();
            ByteBuffer bytes = ByteBuffer.allocate((1 + numbers) * Double.BYTES);
            bytes.putDouble(pointsPerSecond);
            trace.stream()
                    .flatMap(Arrays::stream)
                    .flatMapToDouble(vector -> Arrays.stream(vector.toArray()))
                    .forEach(bytes::putDouble);
            out.write(bytes.array());
        }
    }

    /** A stream as its file has it. */
    private record Stream(double[] numbers) {
        static Stream read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            double[] numbers = new double[bytes.remaining() / Double.BYTES];
            bytes.asDoubleBuffer().get(numbers);
            return new Stream(numbers);
        }

        int size() {
            return (int) numbers[0];
        }

        int d() {
            return (int) numbers[1];
        }

        int k() {
            return (int) numbers[2];
        }

        int batches() {
            return (int) numbers[3];
        }

        int startBatches() {
            return (int) numbers[4];
        }

        double halfLife() {
            return numbers[5];
        }

        long seed() {
            return (long) numbers[6];
        }

        boolean ownStart() {
            return numbers[7] != 0;
        }

        int from(int batch) {
            return (int) ((long) batch * size() / batches());
        }

        List<Vector> batch(int batch) {
            List<Vector> points = new ArrayList<>();
            for (int i = from(batch); i < from(batch + 1); i++) {
                points.add(row(HEADER + i * d()));
            }
            return points;
        }

        Vector[] startCentroids() {
            Vector[] centroids = new Vector[k()];
            for (int j = 0; j < centroids.length; j++) {
                centroids[j] = row(HEADER + (size() + j) * d());
            }
            return centroids;
        }

        double[] startWeights() {
            int from = HEADER + (size() + k()) * d();
            return Arrays.copyOfRange(numbers, from, from + k());
        }

        private Vector row(int from) {
            return Vectors.dense(Arrays.copyOfRange(numbers, from, from + d()));
        }
    }
}
