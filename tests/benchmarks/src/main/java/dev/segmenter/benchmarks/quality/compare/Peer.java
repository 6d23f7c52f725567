// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another implementation in a process of its own. It greets with its name and version; then a line
 * "stream file, tab, trace file" asks for a run, and "done" answers it.
 */
final class Peer implements Closeable {
    private static final String DONE = "done";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;
    private final Path folder;
    private final String version;

    private Peer(Process process, Path folder) throws IOException {
        this.process = process;
        this.answers = process.inputReader();
        this.requests = process.outputWriter();
        this.folder = folder;
        this.version = answers.readLine();
    }

    /** Starts a command; empty if it cannot or does not greet. Its complaints are in the folder's peer.log. */
    static Optional<Peer> start(Path folder, List<String> command) throws IOException {
        if (!Files.isExecutable(Path.of(command.get(0)))) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        Process process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("peer.log").toFile())
                        .start();
        Peer peer = new Peer(process, folder);
        if (peer.version == null) {
            peer.close();
            return Optional.empty();
        }
        return Optional.of(peer);
    }

    /** Name and version. */
    String version() {
        return version;
    }

    /** The peer as a method that begins at the common start, or makes its own. */
    StreamingMethod as(Method method, boolean ownStart) {
        return new StreamingMethod() {
            @Override
            public Method method() {
                return method;
            }

            @Override
            public Trace run(PointStream stream, Start start, long seed) throws IOException {
                return ask(stream, start, seed, ownStart);
            }
        };
    }

    private Trace ask(PointStream stream, Start start, long seed, boolean ownStart)
            throws IOException {
        Path source = folder.resolve("stream.bin");
        Path target = folder.resolve("trace.bin");
        PeerFile.write(source, stream, start, seed, ownStart);
        Files.deleteIfExists(target);
        requests.write(source + "\t" + target + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (!DONE.equals(answer)) {
            throw new IOException(
                    version + " answered '" + answer + "'; see " + folder.resolve("peer.log"));
        }
        return PeerFile.read(target, stream);
    }

    @Override
    public void close() throws IOException {
        requests.close();
        answers.close();
        process.destroy();
    }
}
