// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version ever kept is decoded from the bytes kept with it, by either wire format. */
class OldVersionsTest {

    private static final int SINGLE_OBJECT_HEADER = 10;

    record OldVersion(SpecificRecordBase contract, int number, Schema schema) {

        private byte[] resource(String extension) throws IOException {
            String name = contract.getSchema().getName() + "-v" + number + extension;
            try (InputStream in =
                    OldVersionsTest.class.getResourceAsStream(
                            "/dev/segmenter/schemas/bytes/" + name)) {
                assertThat(in).as(name).isNotNull();
                return in.readAllBytes();
            }
        }

        /** What the kept Avro JSON says, read with the kept schema by Avro alone. */
        SpecificRecordBase expected() throws IOException {
            String json = new String(resource(".json"), StandardCharsets.UTF_8);
            return new SpecificDatumReader<SpecificRecordBase>(
                            schema, contract.getSchema(), contract.getSpecificData())
                    .read(null, DecoderFactory.get().jsonDecoder(schema, json));
        }

        @Override
        public String toString() {
            return contract.getSchema().getName() + " v" + number;
        }
    }

    static List<OldVersion> versions() {
        List<OldVersion> versions = new ArrayList<>();
        for (SpecificRecordBase contract : Samples.all()) {
            List<Schema> kept = SchemaHistory.versions(contract.getSchema().getName());
            for (int i = 0; i < kept.size(); i++) {
                versions.add(new OldVersion(contract, i + 1, kept.get(i)));
            }
        }
        return versions;
    }

    @Test
    void versions_ofEveryContract_areKept() {
        assertThat(versions())
                .map(OldVersion::toString)
                .contains(
                        "Event v1",
                        "SegmentChange v1",
                        "SegmentMembership v1",
                        "CentroidSnapshot v1",
                        "DeadLetter v1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void singleObject_keptBytes_decode(OldVersion old) throws IOException {
        assertThat(SingleObjectCodec.of(old.contract().getClass()).decode(old.resource(".bin")))
                .isEqualTo(old.expected());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void confluent_keptBytes_decode(OldVersion old) throws IOException {
        byte[] kept = old.resource(".bin");
        byte[] body = Arrays.copyOfRange(kept, SINGLE_OBJECT_HEADER, kept.length);
        try (StubRegistry registry = new StubRegistry()) {
            registry.answerSchema(77, old.schema());
            byte[] message =
                    ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(77).put(body).array();
            assertThat(
                            ConfluentCodec.of(old.contract().getClass(), registry.client())
                                    .decode(message))
                    .isEqualTo(old.expected());
        }
    }
}
