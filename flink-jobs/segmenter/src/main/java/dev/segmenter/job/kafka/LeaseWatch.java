// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Whether some live job holds a model: then its lease is confirmed again within a checkpoint or two. Only looks, and
 * so takes the model from nobody, while acquiring the lease would end that job.
 */
final class LeaseWatch {
    /** A checkpoint takes time itself, and may be held up once. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final int CHECKPOINTS = 2;
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final SegmenterConfig config;

    LeaseWatch(SegmenterConfig config) {
        this.config = config;
    }

    /** Waits for two checkpoints if the model was ever held; refuses to go on once a lease is confirmed meanwhile. */
    void requireFree() {
        Properties properties = config.kafkaProperties();
        try (Admin admin = Admin.create(properties)) {
            String before = confirmation(admin);
            Duration patience =
                    config.get(SegmenterOptions.CHECKPOINT_INTERVAL)
                            .multipliedBy(CHECKPOINTS)
                            .plus(SLACK);
            long deadline = System.nanoTime() + patience.toNanos();
            while (!before.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(GLANCE.toMillis());
                if (!before.equals(confirmation(admin))) {
                    throw ConfigException.of(
                            SegmenterOptions.CALIBRATE_PUBLISH.key(),
                            true,
                            "is refused, since a live job writes "
                                    + SegmenterOptions.MODEL_NAME.key()
                                    + ": "
                                    + config.trainer().modelName()
                                    + "; stop it with a savepoint first, or publish under another"
                                    + " model.name");
                }
            }
        } catch (ExecutionException e) {
            throw new ConfigException("kafka: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("kafka: interrupted", e);
        }
    }

    /** What the last holder left behind when it last confirmed; empty if nobody ever did. */
    private String confirmation(Admin admin) throws ExecutionException, InterruptedException {
        String id = KafkaModelLease.id(config, config.trainer().modelName());
        try {
            OffsetAndMetadata offset =
                    admin.listConsumerGroupOffsets(id)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(new TopicPartition(config.topics().snapshots(), 0));
            return offset == null ? "" : offset.metadata();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return "";
            }
            throw e;
        }
    }
}
