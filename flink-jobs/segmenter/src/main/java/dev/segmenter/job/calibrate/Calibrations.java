// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.job.InitialModels;
import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.kafka.SnapshotPublisher;
import dev.segmenter.model.calibrate.Calibration;
import dev.segmenter.model.calibrate.Calibrator;
import dev.segmenter.model.calibrate.Points;
import dev.segmenter.model.train.SampleFit;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A calibration from the events to the model: gathers the users by Flink, computes here, publishes on request. */
public final class Calibrations {
    private final SegmenterConfig config;

    public Calibrations(SegmenterConfig config) {
        this.config = config;
    }

    /**
     * Calibrates on what the input's topic holds; the caller has checked the brokers.
     *
     * @param input what the events are, in words
     */
    public CalibrationResult run(StreamExecutionEnvironment env, String input) throws Exception {
        boolean publish = config.get(SegmenterOptions.CALIBRATE_PUBLISH);
        if (publish) {
            new SnapshotPublisher(config).requireFree();
        }
        return calibrate(CalibrateJob.run(env, config), input, publish);
    }

    private CalibrationResult calibrate(SampledUsers users, String input, boolean publish) {
        requireUsers(users, input);
        SampleFit fit = SampleFit.of(users.votes(), config.features(), config.trainer());
        Points points = new Points(fit.points(), config.features().dimension());
        Calibration calibration = calibrated(points);
        CentroidSnapshot snapshot =
                publish
                        ? new SnapshotPublisher(config)
                                .publish(running -> snapshot(fit, calibration, users, running))
                        : snapshot(fit, calibration, users, running());
        return new CalibrationResult(
                new CalibrationWriter(config, users, points, calibration, snapshot)
                        .file(input, publish),
                snapshot);
    }

    private Calibration calibrated(Points points) {
        try {
            return new Calibrator(points, config.trainer().cosine(), config.calibration()).run();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private Optional<CentroidSnapshot> running() {
        return InitialModels.of(config).load(config.trainer().modelName());
    }

    private CentroidSnapshot snapshot(
            SampleFit fit,
            Calibration calibration,
            SampledUsers users,
            Optional<CentroidSnapshot> running) {
        return fit.snapshot(
                calibration.centroids(),
                config.labels(),
                new SampleFit.Origin(users.lastEventTime(), users.firstEventTime(), running));
    }

    private static void requireUsers(SampledUsers users, String input) {
        if (users.events() == 0) {
            throw new ConfigException(
                    "events: "
                            + input
                            + " holds no usable event; look at its format and columns, and at dead"
                            + " letters of a replay for the reasons");
        }
        if (users.votes().isEmpty()) {
            throw new ConfigException(
                    "users.exit-after: none of the "
                            + users.users()
                            + " users has been active lately enough at "
                            + Instant.ofEpochMilli(users.lastEventTime())
                            + ", the time of the last event; lengthen it, or remove events from the"
                            + " future");
        }
    }
}
