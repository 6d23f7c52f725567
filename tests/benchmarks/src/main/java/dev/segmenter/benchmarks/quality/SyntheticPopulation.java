// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.quickstart.synthetic.EventGenerator;
import dev.segmenter.quickstart.synthetic.GeneratorOptions;
import dev.segmenter.quickstart.synthetic.SyntheticRecord;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Synthetic users who keep their persona, as the quickstart has them; the persona is the truth. */
public record SyntheticPopulation(String name, int users, Duration length) implements Population {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public SegmenterConfig config(long seed) {
        return Population.replayConfig(seed, Map.of());
    }

    @Override
    public Optional<ToIntFunction<String>> replay(long seed, Consumer<Event> sink) {
        EventGenerator generator = new EventGenerator(GeneratorOptions.clean(users, seed, START));
        long end = START.plus(length).toEpochMilli();
        for (SyntheticRecord record = generator.next();
                record.arrival() < end;
                record = generator.next()) {
            sink.accept(record.input().event());
        }
        return Optional.of(user -> generator.personaOf(user).ordinal());
    }
}
