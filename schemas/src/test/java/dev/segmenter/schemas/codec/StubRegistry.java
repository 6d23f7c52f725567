// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/** A registry that answers what a test told it to, and 404 with the registry's own code otherwise. */
final class StubRegistry implements AutoCloseable {

    /** One request as it arrived. */
    record Request(String method, String path, String authorization, String body) {}

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    StubRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(
                new Request(
                        exchange.getRequestMethod(),
                        path,
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer unknown = new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        Answer answer = answers.getOrDefault(path, unknown);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    void answerSchema(int id, Schema schema) {
        String text =
                new ObjectMapper().createObjectNode().put("schema", schema.toString()).toString();
        answer("/schemas/ids/" + id, 200, text);
    }

    List<Request> requests() {
        return requests;
    }

    RegistrySettings settings() {
        return RegistrySettings.of("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    SchemaRegistryClient client() {
        return new SchemaRegistryClient(settings());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
