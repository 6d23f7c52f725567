// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.benchmarks.quality.IgnoredDecisions;
import dev.segmenter.benchmarks.quality.InMemorySegmenter;
import dev.segmenter.benchmarks.quality.Population;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the decisions on a population are made of: each user's updates in order and all model
 * versions. Guards have no part in it, so one recording serves to try any number of them.
 *
 * @param end event time at which the log ends, ms
 */
record Recording(
        FeatureSet features,
        Map<String, List<UserUpdate>> updates,
        ModelTimeline models,
        long end) {

    /** Rolls and trains once. */
    static Recording of(Population population, long seed) throws IOException {
        SegmenterConfig config = population.config(seed);
        Writer writer = new Writer();
        InMemorySegmenter segmenter = new InMemorySegmenter(config, new IgnoredDecisions(), writer);
        population.replay(seed, segmenter::process);
        segmenter.finish();
        return new Recording(config.features(), writer.updates, writer.models, writer.end);
    }

    private static final class Writer implements InMemorySegmenter.Trace {
        private final Map<String, List<UserUpdate>> updates = new LinkedHashMap<>();
        private final ModelTimeline models = new ModelTimeline();
        private long end;

        @Override
        public void update(UserUpdate update) {
            updates.computeIfAbsent(update.userId(), user -> new ArrayList<>()).add(update);
        }

        @Override
        public void model(CentroidModel model) {
            models.add(model);
        }

        @Override
        public void end(long time) {
            end = time;
        }
    }
}
