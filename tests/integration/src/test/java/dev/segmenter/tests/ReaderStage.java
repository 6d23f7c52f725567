// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.job.kafka.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** What a source's reader needs around it when no task runs it; keeps its records and gauges. */
final class ReaderStage implements SourceReaderContext {
    private static final String ASSIGNED = "assigned-partitions";

    private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
    private final Output output = new Output();

    List<SourceRecord> records() {
        return output.records;
    }

    /** Until the consumer has this many partitions; the test's timeout bounds it. */
    void awaitAssigned(int partitions) throws InterruptedException {
        while (!gauges.containsKey(ASSIGNED)
                || ((Number) gauges.get(ASSIGNED).getValue()).intValue() != partitions) {
            Thread.sleep(10);
        }
    }

    /** Until there are this many records in all. */
    void poll(SourceReader<SourceRecord, ?> reader, int records) throws Exception {
        while (output.records.size() < records) {
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get();
            }
        }
    }

    /** Until the reader says that nothing more comes. */
    void pollToEnd(SourceReader<SourceRecord, ?> reader) throws Exception {
        InputStatus status = reader.pollNext(output);
        while (status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get();
            }
            status = reader.pollNext(output);
        }
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return InternalSourceReaderMetricGroup.mock(new Gauges());
    }

    @Override
    public Configuration getConfiguration() {
        return new Configuration();
    }

    @Override
    public String getLocalHostName() {
        return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
        return 0;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(ReaderStage.class.getClassLoader());
    }

    private final class Gauges extends UnregisteredMetricsGroup {
        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return this;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return this;
        }
    }

    private static final class Output implements ReaderOutput<SourceRecord> {
        private final List<SourceRecord> records = new ArrayList<>();

        @Override
        public void collect(SourceRecord record) {
            records.add(record);
        }

        @Override
        public void collect(SourceRecord record, long time) {
            records.add(record);
        }

        @Override
        public SourceOutput<SourceRecord> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
