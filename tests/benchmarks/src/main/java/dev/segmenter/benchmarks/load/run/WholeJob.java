// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.GivenModel;
import dev.segmenter.benchmarks.load.LoadFeatures;
import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.job.SegmenterJob;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.kafka.KafkaStartup;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The segmenter as its users get it, live, with its defaults but for K, the features,
 * a model to begin with, so that there are segments from the first event on, and where it runs.
 */
record WholeJob(String stateBackend) implements JobDefinition {

    @Override
    public JobClient submit(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception {
        SegmenterConfig config =
                SegmenterConfig.load(
                        settings.folder().resolve(LoadFeatures.YAML), overrides(settings, pass));
        KafkaStartup.check(config, settings.parallelism());
        return SegmenterJob.submit(env, config);
    }

    private Map<String, String> overrides(RunSettings settings, int pass) {
        Map<String, String> options = new HashMap<>();
        options.put(SegmenterOptions.BOOTSTRAP_SERVERS.key(), settings.bootstrapServers());
        options.put(SegmenterOptions.EVENT_TOPIC.key(), settings.topic());
        options.put(SegmenterOptions.CREATE_TOPICS.key(), "true");
        options.put(SegmenterOptions.K.key(), Integer.toString(settings.k()));
        options.put(SegmenterOptions.RESERVOIR.key(), reservoir(settings.k()));
        options.put(SegmenterOptions.CHECKPOINT_INTERVAL.key(), settings.checkpoint().toString());
        options.put(SegmenterOptions.FLINK.key() + ".state.backend.type", stateBackend);
        options.put(
                SegmenterOptions.NAMESPACE.key(),
                settings.folder().getFileName().toString() + "-" + pass);
        options.put(
                SegmenterOptions.INITIAL_MODEL.key(),
                settings.folder().resolve(GivenModel.FILE).toString());
        options.putAll(settings.job());
        return options;
    }

    /** Each segment needs 200 votes. */
    private static String reservoir(int k) {
        return Integer.toString(Math.max(SegmenterOptions.RESERVOIR.defaultValue(), 200 * k));
    }
}
