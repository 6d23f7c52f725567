// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import org.junit.jupiter.api.Test;

class CodecsTest {

    @Test
    void avro_anyRecord_roundTripsWithoutRegistry() {
        byte[] bytes =
                Codecs.encoder(WireFormat.AVRO, SegmentChange.class, null, null)
                        .encode(Samples.change());
        assertThat(Codecs.decoder(WireFormat.AVRO, SegmentChange.class, null).decode(bytes))
                .isEqualTo(Samples.change());
    }

    @Test
    void confluent_anyRecord_roundTripsThroughTheRegistry() {
        try (StubRegistry registry = new StubRegistry()) {
            registry.answer("/subjects/clickstream-value/versions", 200, "{\"id\":3}");
            registry.answerSchema(3, Event.getClassSchema());
            byte[] bytes =
                    Codecs.encoder(
                                    WireFormat.CONFLUENT,
                                    Event.class,
                                    registry.settings(),
                                    "clickstream-value")
                            .encode(Samples.event());
            assertThat(
                            Codecs.decoder(WireFormat.CONFLUENT, Event.class, registry.settings())
                                    .decode(bytes))
                    .isEqualTo(Samples.event());
        }
    }

    @Test
    void confluent_withoutRegistry_isRefused() {
        assertThatThrownBy(() -> Codecs.decoder(WireFormat.CONFLUENT, Event.class, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("URL of a schema registry");
    }

    @Test
    void json_ofEvent_decodes() {
        assertThat(Codecs.decoder(WireFormat.JSON, Event.class, null))
                .isInstanceOf(JsonEventDecoder.class);
    }

    @Test
    void json_ofAnotherRecord_isRefused() {
        assertThatThrownBy(() -> Codecs.decoder(WireFormat.JSON, SegmentChange.class, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SegmentChange");
    }

    @Test
    void json_asOutput_isRefused() {
        assertThatThrownBy(() -> Codecs.encoder(WireFormat.JSON, Event.class, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input only");
    }
}
