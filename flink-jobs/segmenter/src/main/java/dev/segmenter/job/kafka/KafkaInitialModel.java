// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import dev.segmenter.schemas.codec.RegistrySettings;
import dev.segmenter.schemas.codec.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The latest committed snapshot of a model name, up to the end offsets found at start. */
public final class KafkaInitialModel implements InitialModel {
    private static final long serialVersionUID = 1L;

    private final Properties properties;
    private final String topic;
    private final WireFormat format;
    private final RegistrySettings registry;

    public KafkaInitialModel(SegmenterConfig config) {
        properties = config.kafkaProperties();
        topic = config.topics().snapshots();
        format = config.outputFormat();
        registry = config.registry();
    }

    @Override
    public Optional<CentroidSnapshot> load(String modelName) {
        RecordDecoder<CentroidSnapshot> decoder =
                Codecs.decoder(format, CentroidSnapshot.class, registry);
        List<CentroidSnapshot> snapshots = new ArrayList<>();
        try (CommittedRecords records = new CommittedRecords(properties, List.of(topic))) {
            records.readToEnd(
                    record -> {
                        if (isOf(modelName, record)) {
                            snapshots.add(decoder.decode(record.value()));
                        }
                    });
        }
        return snapshots.stream().max(Comparator.comparingLong(CentroidSnapshot::getVersion));
    }

    private static boolean isOf(String modelName, ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null
                && record.key() != null
                && modelName.equals(new String(record.key(), StandardCharsets.UTF_8));
    }
}
