// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry client and codec against a real Apicurio Registry. */
class ApicurioRegistryIT {

    private static ApicurioProcess registry;

    @BeforeAll
    static void start() throws Exception {
        registry = ApicurioProcess.start();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    static List<SpecificRecordBase> contracts() {
        return Samples.all();
    }

    private static SchemaRegistryClient newClient() {
        return new SchemaRegistryClient(registry.settings());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    @SuppressWarnings("unchecked")
    void codec_anyContract_isDecodedByAnotherClient(SpecificRecordBase record) {
        Class<SpecificRecordBase> type = (Class<SpecificRecordBase>) record.getClass();
        byte[] bytes = ConfluentCodec.of(type, newClient()).encode(record);
        assertThat(ConfluentCodec.of(type, newClient()).decode(bytes)).isEqualTo(record);
    }

    @Test
    void register_sameSchemaAgain_givesTheSameIdAndTheSameSchema() {
        int id = newClient().register("again-value", Event.getClassSchema());
        assertThat(newClient().register("again-value", Event.getClassSchema())).isEqualTo(id);
        assertThat(newClient().schemaById(id))
                .isEqualTo(SchemaHistory.portable(Event.getClassSchema()));
    }

    @Test
    void register_schema_isSeenUnderItsSubjectByThePlainApi() throws Exception {
        int id = newClient().register("seen-value", Event.getClassSchema());
        JsonNode latest = get("/subjects/seen-value/versions/latest");
        assertThat(latest.path("id").intValue()).isEqualTo(id);
        assertThat(new Schema.Parser().parse(latest.path("schema").textValue()))
                .isEqualTo(SchemaHistory.portable(Event.getClassSchema()));
    }

    @Test
    void register_incompatibleSchema_isRefused() throws Exception {
        SchemaRegistryClient client = newClient();
        Schema first = SchemaBuilder.record("Thing").fields().requiredString("id").endRecord();
        Schema second = SchemaBuilder.record("Thing").fields().requiredInt("id").endRecord();
        client.register("strict-value", first);
        assertThat(
                        registry.send(
                                        "PUT",
                                        "/config/strict-value",
                                        "{\"compatibility\":\"FULL_TRANSITIVE\"}")
                                .statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> client.register("strict-value", second))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContainingAll("strict-value", "409");
    }

    @Test
    void decode_idThatTheRegistryNeverGave_isUndecodable() {
        byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(123_456).array();
        ConfluentCodec<Event> codec = ConfluentCodec.of(Event.class, newClient());
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("123456");
    }

    @Test
    void decode_idsOfRandomBytes_areUndecodable() {
        ConfluentCodec<Event> codec = ConfluentCodec.of(Event.class, newClient());
        for (int id : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0}) {
            byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(id).array();
            assertThatThrownBy(() -> codec.decode(bytes))
                    .as("id %d", id)
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void schemaById_wrongBasePath_isNotTheRecordsFault() {
        RegistrySettings wrong =
                RegistrySettings.of(
                        registry.settings()
                                .url()
                                .toString()
                                .replace("/apis/ccompat/v7", "/nowhere"));
        assertThatThrownBy(() -> new SchemaRegistryClient(wrong).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(registry.send("GET", path, "").body());
    }
}
