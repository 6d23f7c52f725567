// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The two calls that a codec needs of a Confluent-compatible schema registry. Schemas are immutable
 * by id, so each is asked for once; an unknown id is asked for again after a while, since a replica
 * may lag. Thread-safe.
 */
public final class SchemaRegistryClient {

    /** How long an id counts as unknown before the registry is asked again. */
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    private static final int UNKNOWN_IDS_KEPT = 1024;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final String base;
    private final HttpClient http;
    private final LongSupplier nanoClock;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownSince = new ConcurrentHashMap<>();

    public SchemaRegistryClient(RegistrySettings settings) {
        this(settings, System::nanoTime);
    }

    SchemaRegistryClient(RegistrySettings settings, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
        base = settings.url().toString().replaceAll("/+$", "");
        http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /**
     * The schema with an id.
     *
     * @throws UndecodableException if the registry says that the id is unknown or no Avro schema
     * @throws RegistryUnavailableException if it says anything else, or nothing
     */
    public Schema schemaById(int id) {
        if (id < 0) { // Asked for one, some registries answer as if the path were wrong.
            throw new UndecodableException(
                    "schema id " + id + " is negative: no registry gives such");
        }
        Schema cached = schemas.get(id);
        return cached == null ? schemas.computeIfAbsent(id, this::fetch) : cached;
    }

    private Schema fetch(int id) {
        URI uri = URI.create(base + "/schemas/ids/" + id);
        refuseIfKnownAsUnknown(id, uri);
        HttpResponse<String> response = send(request(uri).GET().build());
        JsonNode answer = json(response);
        if (response.statusCode() == 200 && answer.path("schema").isTextual()) {
            return parse(id, uri, answer);
        }
        // A bare 404 comes from a wrong base URL or a proxy too: only the registry's own code
        // counts.
        if (response.statusCode() == 404 && answer.path("error_code").asInt() == SCHEMA_NOT_FOUND) {
            rememberUnknown(id);
            throw unknown(id, uri);
        }
        throw unavailable(response);
    }

    private static Schema parse(int id, URI uri, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UndecodableException(
                    "schema id %d at %s is of type %s, not AVRO".formatted(id, uri, type));
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").textValue());
        } catch (AvroRuntimeException e) {
            throw new UndecodableException(
                    "schema id %d at %s is no self-contained Avro schema: %s"
                            .formatted(id, uri, e.getMessage()),
                    e);
        }
    }

    private void refuseIfKnownAsUnknown(int id, URI uri) {
        Long since = unknownSince.get(id);
        if (since != null && nanoClock.getAsLong() - since < UNKNOWN_FOR.toNanos()) {
            throw unknown(id, uri);
        }
    }

    private void rememberUnknown(int id) {
        if (unknownSince.size() >= UNKNOWN_IDS_KEPT) {
            unknownSince.clear();
        }
        unknownSince.put(id, nanoClock.getAsLong());
    }

    private static UndecodableException unknown(int id, URI uri) {
        return new UndecodableException(
                "schema id %d is unknown to the registry (%s)".formatted(id, uri));
    }

    /**
     * Registers a schema under a subject, or finds it there, and returns its id.
     *
     * @throws SchemaRefusedException if the registry refuses the schema (409, 422)
     * @throws RegistryUnavailableException if it gives any other answer, or none
     */
    public int register(String subject, Schema schema) {
        String path = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
        URI uri = URI.create(base + "/subjects/" + path + "/versions");
        String text = SchemaHistory.portable(schema).toString();
        String body = JSON.createObjectNode().put("schema", text).toString();
        HttpResponse<String> response =
                send(
                        request(uri)
                                .header("Content-Type", CONTENT_TYPE)
                                .POST(BodyPublishers.ofString(body))
                                .build());
        int status = response.statusCode();
        JsonNode answer = json(response);
        if (status == 200 && answer.path("id").isInt()) {
            return answer.path("id").intValue();
        }
        if (status == 409 || status == 422) {
            throw new SchemaRefusedException(
                    "subject '%s': the registry refused schema %s with status %d (%s): %s"
                            .formatted(
                                    subject,
                                    schema.getFullName(),
                                    status,
                                    uri,
                                    excerpt(response.body())));
        }
        throw unavailable(response);
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(settings.timeout())
                        .header("Accept", CONTENT_TYPE + ", application/json");
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RegistryUnavailableException(
                    "no answer from the schema registry: %s: %s".formatted(what, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for " + what, e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static RegistryUnavailableException unavailable(HttpResponse<String> response) {
        return new RegistryUnavailableException(
                "the schema registry answered %s %s with status %d: %s; check its URL, credentials and health"
                        .formatted(
                                response.request().method(),
                                response.uri(),
                                response.statusCode(),
                                excerpt(response.body())),
                null);
    }

    private static String excerpt(String body) {
        int most = 200;
        return body.length() <= most ? body : body.substring(0, most) + " ...";
    }
}
