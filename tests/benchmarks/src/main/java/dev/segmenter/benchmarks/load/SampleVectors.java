// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Vectors of some of the users after all generated events, as if no window had slid yet: to make a model of. */
final class SampleVectors {
    private static final int MOST_USERS = 5_000;
    private static final long SESSION_GAP = Duration.ofMinutes(30).toMillis();

    private final FeatureSet features;
    private final Map<Integer, User> users = new HashMap<>();

    private SampleVectors(FeatureSet features) {
        this.features = features;
    }

    /** One vector (d, transformed units) a user; the same for the same options. */
    static List<double[]> of(LoadOptions options) {
        SampleVectors sample = new SampleVectors(LoadFeatures.of(options.features()));
        SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);
        long oneIn = Math.max(1, options.users() / MOST_USERS);
        LoadEvents events = new LoadEvents(options);
        for (long i = 0; i < options.events(); i++) {
            events.next(LoadEvents.timeOf(i, options.eventsPerDay()));
            if ((Hashes.of(events.user(), 4) >>> 1) % oneIn == 0) {
                sample.add(events.user(), codec.decode(events.value()));
            }
        }
        return sample.vectors(sample.users.values());
    }

    private void add(int user, Event event) {
        users.computeIfAbsent(user, any -> new User(features.size())).add(event);
    }

    private List<double[]> vectors(Collection<User> of) {
        List<double[]> vectors = new ArrayList<>();
        for (User user : of) {
            double[] vector = new double[features.dimension()];
            features.toVector(user.values(), vector);
            vectors.add(vector);
        }
        return vectors;
    }

    private final class User {
        private final double[] totals;
        private final Set<String> items = new HashSet<>();
        private long last = Long.MIN_VALUE / 2;

        User(int size) {
            totals = new double[size];
        }

        void add(Event event) {
            long time = event.getEventTime().toEpochMilli();
            for (int i = 0; i < totals.length; i++) {
                FeatureSpec spec = features.features().get(i);
                if (spec.types().isEmpty() || spec.types().contains(event.getEventType())) {
                    totals[i] += contribution(spec, event, time);
                }
            }
            last = Math.max(last, time);
        }

        private double contribution(FeatureSpec spec, Event event, long time) {
            return switch (spec.kind()) {
                case COUNT -> 1;
                case SUM -> event.getPrice() == null ? 0 : event.getPrice();
                case DISTINCT -> items.add(event.getItemId()) ? 1 : 0;
                case SESSIONS -> time - last > SESSION_GAP ? 1 : 0;
                case RECENCY, RATIO -> 0;
            };
        }

        double[] values() {
            double[] values = totals.clone();
            for (int i = 0; i < values.length; i++) {
                FeatureSpec spec = features.features().get(i);
                if (spec.numerator() != null) {
                    double below = totals[features.indexOf(spec.denominator())];
                    values[i] = below == 0 ? 0 : totals[features.indexOf(spec.numerator())] / below;
                }
            }
            return values;
        }
    }
}
