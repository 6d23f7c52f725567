// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of its own that is asked and answers in lines; it ends by itself when its standard input
 * does, also when the harness is killed.
 */
final class Java implements Closeable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final Path log;

    private Java(Process process, Path log) {
        this.process = process;
        this.log = log;
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a main class of a module that has written its class path; its errors go to the log. */
    static Java start(
            Path module, List<String> options, String main, List<String> arguments, Path log) {
        try {
            Path target = module.resolve("target");
            Files.createDirectories(log.getParent());
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add("-Djava.net.preferIPv4Stack=true");
            command.add("-Dsegmenter.log=" + log);
            command.add("-cp");
            command.add(
                    target.resolve("classes")
                            + File.pathSeparator
                            + Files.readString(target.resolve("class-path")).strip());
            command.add(main);
            command.addAll(arguments);
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(Path.of(log + ".err").toFile())
                            .start();
            return new Java(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line; null when the process has ended. */
    String read() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("no answer; see " + log + " and " + log + ".err", e);
        }
    }

    void ask(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("it has ended; see " + log + " and " + log + ".err", e);
        }
    }

    /** Where it tells what went wrong. */
    Path log() {
        return log;
    }

    /** Refuses a process that has ended by a failure, or does not end. */
    void requireSuccess() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("it failed; see " + log + " and " + log + ".err");
        }
    }

    /** Ends it; kills it if it does not. */
    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
