// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordEncoder;
import dev.segmenter.schemas.codec.RegistrySettings;
import dev.segmenter.schemas.codec.WireFormat;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;

/**
 * How the output topics are written.
 *
 * @param registry null unless the format needs one
 */
public record OutputEncoders(WireFormat format, RegistrySettings registry) implements Serializable {

    <T extends SpecificRecord> RecordEncoder<T> of(Class<T> type, String topic) {
        return Codecs.encoder(format, type, registry, topic + "-value");
    }
}
