// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** A log of events with the configuration suited to it and, if known, the truth about its users. */
public interface Population {
    /** Name in the tables. */
    String name();

    /** How the segmenter is set up for one seed. */
    SegmenterConfig config(long seed);

    /** Hands over all events of one seed in order; returns each user's true class, if there is one. */
    Optional<ToIntFunction<String>> replay(long seed, Consumer<Event> sink) throws IOException;

    /** The job's defaults for a replay in exact assignment, but for some options. */
    static SegmenterConfig replayConfig(long seed, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("mode", "replay");
        // Both are required of a job, and neither is used here.
        all.put("replay.end-time", "0");
        all.put("kafka.bootstrap-servers", "none:9092");
        all.put("model.seed", Long.toString(seed));
        return SegmenterConfig.load(null, all);
    }
}
