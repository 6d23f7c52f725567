// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of Kafka's clients that suit the job better than their own defaults; what is configured stays. */
public final class ClientDefaults {
    /** Each poll looks after group, metadata and futures as well, whether it brings 500 records or more. */
    static final String POLL_RECORDS = "2000";

    /** A full batch of the default 16 KB is there in some ms, and is a request each. */
    static final String BATCH_BYTES = "131072";

    static final String LINGER_MILLIS = "50";

    private ClientDefaults() {}

    /** Of the source of a job that runs on, or replays. */
    public static void consumer(Properties properties) {
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    }

    /** Nobody reads a transaction's records before its checkpoint, which sends what lingers. */
    public static void transactionalProducer(Properties properties) {
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    }
}
