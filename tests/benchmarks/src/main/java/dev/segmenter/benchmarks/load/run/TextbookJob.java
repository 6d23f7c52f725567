// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.LoadFeatures;
import dev.segmenter.benchmarks.load.PeerModel;
import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * The segmenter as Flink's documentation would have it built: events by user into sliding windows, one
 * for each length, with incremental aggregation; sessions first into session windows; values joined
 * per user and held against a broadcast model. It neither trains nor drops duplicates.
 */
public final class TextbookJob {
    /** Key of the model in the broadcast state. */
    static final int CURRENT = 0;

    /** The broadcast state. */
    static final MapStateDescriptor<Integer, double[]> MODEL =
            new MapStateDescriptor<>(
                    "model", Types.INT, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final Duration SESSION_GAP = Duration.ofMinutes(30);
    private static final Duration DISORDER = Duration.ofMinutes(5);

    private TextbookJob() {}

    /** On Kafka, exactly-once. */
    static JobClient submit(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception {
        env.enableCheckpointing(settings.checkpoint().toMillis());
        FeatureSet features = LoadFeatures.of(settings.features());
        DataStream<ShopEvent> events =
                env.fromSource(
                        EngineBaselines.source(settings, new ShopEventDecoder()),
                        WatermarkStrategy.<ShopEvent>forBoundedOutOfOrderness(DISORDER)
                                .withTimestampAssigner((event, before) -> event.time),
                        "events",
                        TypeInformation.of(ShopEvent.class));
        PeerModel model = PeerModel.read(settings.folder().resolve(PeerModel.FILE));
        define(events, features, env.fromData(model.flat())).sinkTo(sink(settings, pass));
        return env.executeAsync("textbook-flink");
    }

    /** Segments as "user,time,nearest" whenever the nearest centroid changed. */
    public static DataStream<String> define(
            DataStream<ShopEvent> events, FeatureSet features, DataStream<double[]> model) {
        return windows(events, features)
                .keyBy(value -> value.userId)
                .connect(model.broadcast(MODEL))
                .process(new NearestSegment(features));
    }

    /** Values of every window as it ends. */
    static DataStream<WindowValues> windows(DataStream<ShopEvent> events, FeatureSet features) {
        KeyedStream<ShopEvent, String> byUser = events.keyBy(event -> event.userId);
        DataStream<ShopEvent> sessions =
                byUser.window(EventTimeSessionWindows.withGap(SESSION_GAP)).reduce(first());
        DataStream<WindowValues> values = null;
        for (Duration window : WindowFeatures.windows(features)) {
            values = with(values, byUser, WindowFeatures.of(features, window, false), window);
            values =
                    with(
                            values,
                            sessions.keyBy(event -> event.userId),
                            WindowFeatures.of(features, window, true),
                            window);
        }
        return values;
    }

    private static ReduceFunction<ShopEvent> first() {
        return (a, b) -> a.time <= b.time ? a : b;
    }

    private static DataStream<WindowValues> with(
            DataStream<WindowValues> others,
            KeyedStream<ShopEvent, String> byUser,
            WindowFeatures features,
            Duration window) {
        if (features.isEmpty()) {
            return others;
        }
        Duration slide =
                window.compareTo(FeatureSpec.HOURLY_LIMIT) <= 0
                        ? Duration.ofHours(1)
                        : Duration.ofDays(1);
        DataStream<WindowValues> values =
                byUser.window(SlidingEventTimeWindows.of(window, slide))
                        .aggregate(features, new Named(features.positions()));
        return others == null ? values : others.union(values);
    }

    private static KafkaSink<String> sink(RunSettings settings, int pass) {
        String topic = settings.folder().getFileName() + "-segments";
        return KafkaSink.<String>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setProperty("transaction.timeout.ms", "900000")
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic + pass)
                .setRecordSerializer(
                        KafkaRecordSerializationSchema.<String>builder()
                                .setTopic(topic)
                                .setValueSerializationSchema(new SimpleStringSchema())
                                .build())
                .build();
    }

    /** Names the user and the moment of a window's values. */
    private static final class Named
            extends ProcessWindowFunction<double[], WindowValues, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private final int[] positions;

        Named(int[] positions) {
            this.positions = positions;
        }

        @Override
        public void process(
                String userId,
                Context context,
                Iterable<double[]> values,
                Collector<WindowValues> out) {
            WindowValues named = new WindowValues();
            named.userId = userId;
            named.time = context.window().maxTimestamp();
            named.positions = positions;
            named.values = values.iterator().next();
            out.collect(named);
        }
    }
}
