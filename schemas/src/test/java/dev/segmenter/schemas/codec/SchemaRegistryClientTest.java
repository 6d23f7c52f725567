// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryClientTest {

    private final StubRegistry registry = new StubRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final SchemaRegistryClient client =
            new SchemaRegistryClient(registry.settings(), nanos::get);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void schemaById_askedTwice_sendsOneRequest() {
        registry.answerSchema(3, Event.getClassSchema());
        assertThat(client.schemaById(3)).isEqualTo(Event.getClassSchema());
        assertThat(client.schemaById(3)).isSameAs(client.schemaById(3));
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void schemaById_unknown_isUndecodableAndAskedForAgainOnlyAfterAWhile() {
        assertThatThrownBy(() -> client.schemaById(4))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("schema id 4")
                .hasMessageContaining("/schemas/ids/4");
        assertThatThrownBy(() -> client.schemaById(4)).isInstanceOf(UndecodableException.class);
        assertThat(registry.requests()).hasSize(1);

        registry.answerSchema(4, Event.getClassSchema());
        nanos.addAndGet(SchemaRegistryClient.UNKNOWN_FOR.toNanos());
        assertThat(client.schemaById(4)).isEqualTo(Event.getClassSchema());
    }

    @Test
    void schemaById_negative_isUndecodableWithoutARequest() {
        assertThatThrownBy(() -> client.schemaById(-1))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("schema id -1");
        assertThat(registry.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "500 | {\"error_code\":50001}",
                "503 | ``",
                "429 | slow down",
                "401 | {\"error_code\":401}",
                "404 | <html>no such page</html>",
                "404 | {\"error_code\":404}",
                "200 | <html>log in</html>",
                "200 | {}",
            })
    void schemaById_anyOtherAnswer_isUnavailable(int status, String body) {
        registry.answer("/schemas/ids/7", status, body);
        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("/schemas/ids/7")
                .hasMessageContaining("status " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}",
                "{\"schema\":\"no Avro\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"elsewhere.Thing\\\"}\"}"
            })
    void schemaById_noAvroSchema_isUndecodable(String body) {
        registry.answer("/schemas/ids/8", 200, body);
        assertThatThrownBy(() -> client.schemaById(8))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("schema id 8");
    }

    @Test
    void schemaById_nothingListens_isUnavailable() {
        registry.close();
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("/schemas/ids/1");
    }

    @Test
    void schemaById_noAnswerInTime_isUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RegistrySettings settings =
                    RegistrySettings.of("http://127.0.0.1:" + silent.getLocalPort())
                            .withTimeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> new SchemaRegistryClient(settings).schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("timed out");
        }
    }

    @Test
    void schemaById_interrupted_isUnavailableAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void register_schema_sendsItWithoutJavaHintsUnderTheEscapedSubject() {
        registry.answer("/subjects/a%2Fb%20c-value/versions", 200, "{\"id\":12}");
        assertThat(client.register("a/b c-value", Event.getClassSchema())).isEqualTo(12);
        String body = registry.requests().get(0).body();
        assertThat(body).contains("timestamp-millis").doesNotContain("avro.java.string");
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void register_refused_namesSubjectUrlStatusAndReason(int status) {
        registry.answer("/subjects/s/versions", status, "{\"message\":\"incompatible\"}");
        assertThatThrownBy(() -> client.register("s", Event.getClassSchema()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContainingAll(
                        "'s'", "/subjects/s/versions", "" + status, "incompatible");
    }

    @Test
    void register_serverError_isUnavailable() {
        registry.answer("/subjects/s/versions", 500, "");
        assertThatThrownBy(() -> client.register("s", Schema.create(Schema.Type.INT)))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void request_withCredentials_carriesThem() {
        RegistrySettings settings = registry.settings();
        registry.answerSchema(1, Event.getClassSchema());
        new SchemaRegistryClient(settings.withBasicAuth("me", "secret")).schemaById(1);
        new SchemaRegistryClient(settings.withBearerToken("token")).schemaById(1);
        client.schemaById(1);
        assertThat(registry.requests())
                .map(StubRegistry.Request::authorization)
                .containsExactly("Basic bWU6c2VjcmV0", "Bearer token", null);
    }

    @Test
    void settings_toString_hidesTheSecret() {
        assertThat(registry.settings().withBearerToken("hidden"))
                .asString()
                .contains("authorization=***")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:hidden@host/api",
                "ftp://host",
                "host:8081",
                "http:///path",
                "/path"
            })
    void settings_badUrl_isRefusedWithoutShowingSecrets(String url) {
        assertThatThrownBy(() -> RegistrySettings.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema registry's URL")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void settings_tokenFromAFile_isStripped() {
        assertThat(registry.settings().withBearerToken(" token\n").authorization())
                .isEqualTo("Bearer token");
    }

    @Test
    void settings_lineBreakInToken_isRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> registry.settings().withBearerToken("hid\nden"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("hid");
    }

    @Test
    void settings_noTimeout_isRefused() {
        assertThatThrownBy(() -> registry.settings().withTimeout(Duration.ZERO))
                .hasMessageContaining("PT0S");
    }
}
