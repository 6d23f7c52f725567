// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Starts the quickstart in a JVM of its own from within Maven's. It shares Maven's terminal, and Maven waits
 * for it on Ctrl-C, so that the summary comes before the prompt.
 */
public final class Launcher {
    private static final List<String> JVM_OPTIONS = List.of("-Xmx2g", "-XX:+UseG1GC");
    private static final String PREFIX = "segmenter.";

    private Launcher() {}

    public static void main(String[] args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command()).inheritIO();
        // Not as an argument, which Windows would find too long.
        builder.environment().put("CLASSPATH", classpath());
        Process process = builder.start();
        CountDownLatch stopping = new CountDownLatch(1);
        Thread stop = new Thread(() -> stop(process, stopping), "stop-quickstart");
        Runtime.getRuntime().addShutdownHook(stop);
        int code = process.waitFor();
        if (stopping.getCount() == 0) {
            // This JVM goes down after its hook: until then Maven shall not talk over the summary.
            new CountDownLatch(1).await();
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(command::add);
        command.add(Quickstart.class.getName());
        return command;
    }

    private static String classpath() {
        if (!(Launcher.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(loader.getURLs())
                .map(Launcher::file)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("cannot find " + url, e);
        }
    }

    private static void stop(Process process, CountDownLatch stopping) {
        stopping.countDown();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
