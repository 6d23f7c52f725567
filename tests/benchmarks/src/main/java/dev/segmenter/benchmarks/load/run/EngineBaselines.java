// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.job.config.ClientDefaults;
import dev.segmenter.job.state.SerializerTypeInformation;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the engine can do at most: jobs that do ever more of what any job must. No checkpoints. */
final class EngineBaselines {
    private static final TypeInformation<LeanEvent> EVENTS =
            SerializerTypeInformation.of(LeanEvent.class, new LeanEventSerializer());
    private static final int STATE_BYTES = 300;

    private EngineBaselines() {}

    /** The source alone. */
    static JobClient sourceRaw(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception {
        env.fromSource(
                        source(settings, new RawValues()),
                        WatermarkStrategy.noWatermarks(),
                        "events",
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync("source-raw");
    }

    /** Decoded by hand, shuffled by user. */
    static JobClient decodeKeyBy(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception {
        byUser(env, settings).process(new Nothing(), Types.INT).sinkTo(new DiscardingSink<>());
        return env.executeAsync("decode-keyby");
    }

    /** One read and one write of RocksDB for each event. */
    static JobClient naiveRocksDb(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception {
        byUser(env, settings)
                .process(new ReadModifyWrite(), Types.INT)
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync("naive-rocksdb");
    }

    private static KeyedStream<LeanEvent, String> byUser(
            StreamExecutionEnvironment env, RunSettings settings) {
        return env.fromSource(
                        source(settings, new LeanEventDecoder()),
                        WatermarkStrategy.noWatermarks(),
                        "events",
                        EVENTS)
                .keyBy(event -> event.userId, Types.STRING);
    }

    /** With the consumer settings of the job. */
    static <T> KafkaSource<T> source(
            RunSettings settings, KafkaRecordDeserializationSchema<T> deserializer) {
        Properties properties = new Properties();
        ClientDefaults.consumer(properties);
        return KafkaSource.<T>builder()
                .setProperties(properties)
                .setBootstrapServers(settings.bootstrapServers())
                .setTopics(settings.topic())
                .setGroupId("load-" + settings.variant())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(deserializer)
                .build();
    }

    private static final class RawValues implements KafkaRecordDeserializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<byte[]> out) {
            out.collect(record.value());
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }

    private static final class Nothing extends KeyedProcessFunction<String, LeanEvent, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(LeanEvent event, Context context, Collector<Integer> out) {}
    }

    private static final class ReadModifyWrite
            extends KeyedProcessFunction<String, LeanEvent, Integer> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<byte[]> state;

        @Override
        public void open(OpenContext context) {
            state =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "bytes",
                                            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        }

        @Override
        public void processElement(LeanEvent event, Context context, Collector<Integer> out)
                throws Exception {
            byte[] bytes = state.value();
            if (bytes == null) {
                bytes = new byte[STATE_BYTES];
            }
            bytes[(int) (event.time % STATE_BYTES)]++;
            state.update(bytes);
        }
    }
}
