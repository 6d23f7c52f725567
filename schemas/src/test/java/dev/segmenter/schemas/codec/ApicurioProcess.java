// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Apicurio registry of its own, in memory, on a free port; the build has unpacked it. */
public final class ApicurioProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final URI url;

    private ApicurioProcess(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /** Returns when the registry answers. */
    public static ApicurioProcess start() throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("apicurio.directory"));
        Path log = folder.resolve("registry.log");
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=" + port,
                                "-jar",
                                runner(folder).toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        ApicurioProcess registry =
                new ApicurioProcess(
                        process, log, URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7"));
        registry.awaitAnswer();
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path runner(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no *-runner.jar in " + folder));
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                close();
                throw new IllegalStateException(
                        "the registry did not start: " + Files.readString(log));
            }
            Thread.sleep(200);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send("GET", "/subjects", "").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A request of the registry's REST API that the codec itself never makes. */
    public HttpResponse<String> send(String method, String path, String json)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How clients reach it. */
    public RegistrySettings settings() {
        return RegistrySettings.of(url.toString());
    }

    /** Asks the process to end, and makes it end if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
