// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.file.EventFileReader;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The users of a real log, about whom no truth is known; the seed is the model's alone. */
public record LoggedPopulation(String name, Path file, Map<String, String> options)
        implements Population {

    @Override
    public SegmenterConfig config(long seed) {
        return Population.replayConfig(seed, options);
    }

    @Override
    public Optional<ToIntFunction<String>> replay(long seed, Consumer<Event> sink)
            throws IOException {
        try (EventFileReader reader = EventFileReader.open(file, ColumnMapping.standard())) {
            for (InputRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.event() != null) {
                    sink.accept(record.event());
                }
            }
        }
        return Optional.empty();
    }
}
