// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.calibrate.CalibrationResult;
import dev.segmenter.job.calibrate.CalibrationText;
import dev.segmenter.job.calibrate.Calibrations;
import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.kafka.KafkaStartup;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry class of the calibration, {@code flink run -c}: {@code --config FILE} and {@code --key value} overrides, as the
 * job itself. Waits for the end, so it is not run detached.
 */
public final class CalibrateMain {
    private CalibrateMain() {}

    public static void main(String[] args) throws Exception {
        SegmenterConfig config = SegmenterMain.config(args);
        KafkaStartup.checkCalibration(config);
        Optional<Path> export = config.find(SegmenterOptions.CALIBRATE_EXPORT).map(Path::new);
        if (export.isPresent()) {
            requireWritable(export.get());
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        CalibrationResult result =
                new Calibrations(config).run(env, "topic " + config.topics().clickstream());
        if (export.isPresent()) {
            result.write(export.get());
        }
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        CalibrationText.of(result.figures()).forEach(out::println);
    }

    /** Before anything is computed or published. */
    private static void requireWritable(Path folder) {
        try {
            folder.getFileSystem().mkdirs(folder);
        } catch (IOException e) {
            throw ConfigException.of(
                    SegmenterOptions.CALIBRATE_EXPORT.key(),
                    folder,
                    "cannot be created ("
                            + e.getMessage()
                            + "); give a folder that can be written");
        }
    }
}
