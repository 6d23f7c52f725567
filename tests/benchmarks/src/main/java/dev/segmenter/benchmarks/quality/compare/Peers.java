// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peers that this machine has. */
final class Peers implements Closeable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "tests/benchmarks/src/main/python/minibatch_kmeans.py";

    private final List<Peer> running = new ArrayList<>();
    private final List<StreamingMethod> commonStart = new ArrayList<>();
    private final List<StreamingMethod> ownStart = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private Peers() {}

    /** Starts all that are there. */
    static Peers start(Path root) throws IOException {
        Peers peers = new Peers();
        Path work = root.resolve("tests/benchmarks/target/quality");
        peers.add(
                Peer.start(work.resolve("spark"), spark(root)),
                Method.SPARK,
                Method.SPARK_RANDOM,
                "it does not start; see " + work.resolve("spark/peer.log"));
        peers.add(
                Peer.start(
                        work.resolve("sklearn"), List.of(PYTHON, root.resolve(SCRIPT).toString())),
                Method.SKLEARN,
                Method.SKLEARN_OWN_START,
                PYTHON + " has no scikit-learn; install Debian's python3-sklearn");
        return peers;
    }

    private static List<String> spark(Path root) throws IOException {
        Path target = root.resolve("tests/spark/target");
        Path classPath = target.resolve("class-path");
        String libraries = Files.exists(classPath) ? Files.readString(classPath).strip() : "";
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                target.resolve("classes") + File.pathSeparator + libraries,
                "dev.segmenter.benchmarks.spark.SparkPeer");
    }

    private void add(Optional<Peer> found, Method common, Method own, String reason) {
        if (found.isEmpty()) {
            words.add("- " + common + ": skipped, " + reason);
            return;
        }
        Peer peer = found.get();
        running.add(peer);
        commonStart.add(peer.as(common, false));
        ownStart.add(peer.as(own, true));
        words.add("- " + common + ": " + peer.version());
    }

    /** Each peer from the common start. */
    List<StreamingMethod> commonStart() {
        return commonStart;
    }

    /** Each peer from a start of its own. */
    List<StreamingMethod> ownStart() {
        return ownStart;
    }

    /** A line a peer: its version, or why it is skipped. */
    List<String> words() {
        return words;
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : running) {
            peer.close();
        }
    }
}
