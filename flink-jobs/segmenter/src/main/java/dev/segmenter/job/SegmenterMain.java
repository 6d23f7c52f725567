// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.KafkaStartup;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** Entry class of the job jar: {@code --config FILE} and {@code --key value} overrides. */
public final class SegmenterMain {
    private static final String CONFIG = "config";

    private SegmenterMain() {}

    public static void main(String[] args) throws Exception {
        SegmenterConfig config = config(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaStartup.check(config, env.getParallelism());
        SegmenterJob.submit(env, config);
    }

    /** The configuration that arguments describe. */
    static SegmenterConfig config(String[] args) {
        Map<String, String> overrides;
        try {
            overrides = new TreeMap<>(ParameterTool.fromArgs(args).toMap());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "arguments: " + e.getMessage() + "; use --config FILE and --key value", e);
        }
        String file = overrides.remove(CONFIG);
        return SegmenterConfig.load(file == null ? null : Path.of(file), overrides);
    }
}
