// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.quickstart.options.QuickstartOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The job's configuration here: the user's own, on this process's broker. */
final class JobSetup {
    private static final int MOST_PARTITIONS = 4;
    private static final String LIVE_CHECKPOINTS = "3s";

    private final QuickstartOptions options;
    private final Map<String, String> surroundings;

    JobSetup(QuickstartOptions options, String bootstrapServers, Path folder) {
        this.options = options;
        this.surroundings =
                Map.of(
                        SegmenterOptions.BOOTSTRAP_SERVERS.key(),
                        bootstrapServers,
                        SegmenterOptions.KAFKA_PROPERTIES.key() + ".security.protocol",
                        "PLAINTEXT",
                        SegmenterOptions.CREATE_TOPICS.key(),
                        "true",
                        SegmenterOptions.CHECKPOINT_DIRECTORY.key(),
                        folder.resolve("checkpoints").toUri().toString(),
                        // This broker ends with the process: nobody could start from what is
                        // published.
                        SegmenterOptions.CALIBRATE_PUBLISH.key(),
                        "false",
                        SegmenterOptions.EVENT_FORMAT.key(),
                        "avro",
                        SegmenterOptions.OUTPUT_FORMAT.key(),
                        "avro");
    }

    /** Refuses a bad configuration before anything starts. */
    static void check(QuickstartOptions options) {
        JobSetup setup = new JobSetup(options, "127.0.0.1:9092", Path.of("unused"));
        if (options.events().isPresent() || options.calibrate().isPresent()) {
            setup.replay(0);
        } else {
            setup.live();
        }
    }

    /** For synthetic users. */
    SegmenterConfig live() {
        SegmenterConfig plain = load(Map.of(SegmenterOptions.MODE.key(), "live"));
        Map<String, String> more = parallelism(plain);
        more.put(SegmenterOptions.MODE.key(), "live");
        if (plain.find(SegmenterOptions.CHECKPOINT_INTERVAL).isEmpty()) {
            // Output becomes visible at checkpoints; a demonstration should not keep anyone
            // waiting.
            more.put(SegmenterOptions.CHECKPOINT_INTERVAL.key(), LIVE_CHECKPOINTS);
        }
        return load(more);
    }

    /** For a file whose last event happened at this time, ms. */
    SegmenterConfig replay(long endTime) {
        Map<String, String> replay = new HashMap<>();
        replay.put(SegmenterOptions.MODE.key(), "replay");
        replay.put(SegmenterOptions.REPLAY_END_TIME.key(), Long.toString(endTime));
        options.speed()
                .ifPresent(
                        speed ->
                                replay.put(
                                        SegmenterOptions.REPLAY_SPEED_UP.key(), speed.toString()));
        replay.putAll(parallelism(load(replay)));
        return load(replay);
    }

    private Map<String, String> parallelism(SegmenterConfig config) {
        Map<String, String> chosen = new HashMap<>();
        if (options.parallelism().isPresent()) {
            chosen.put(SegmenterOptions.PARALLELISM.key(), options.parallelism().get().toString());
        } else if (config.find(SegmenterOptions.PARALLELISM).isEmpty()) {
            int cores = Runtime.getRuntime().availableProcessors();
            chosen.put(
                    SegmenterOptions.PARALLELISM.key(),
                    Integer.toString(Math.min(cores, MOST_PARTITIONS)));
        }
        return chosen;
    }

    private SegmenterConfig load(Map<String, String> more) {
        Map<String, String> overrides = new HashMap<>(options.jobOverrides());
        overrides.putAll(surroundings);
        overrides.putAll(more);
        return SegmenterConfig.load(options.config().orElse(null), overrides);
    }
}
