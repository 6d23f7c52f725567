// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.BitSet;

/**
 * A topic full of generated events.
 *
 * @param users distinct ones among the events
 * @param topShare of the events that the most active user has
 * @param meanBytes of a record's value
 */
record LoadTopic(String name, long events, long users, double topShare, double meanBytes) {

    /** Creates and fills it, from an event time on, ms. */
    static LoadTopic preload(Broker broker, String name, LoadOptions options, long start) {
        broker.createTopic(name, options.partitions());
        LoadEvents events = new LoadEvents(options);
        BitSet seen = new BitSet();
        long top = 0;
        long bytes = 0;
        try (EventProducer producer = EventProducer.forThroughput(broker, name)) {
            for (long i = 0; i < options.events(); i++) {
                long time = start + LoadEvents.spanOf(i, options.eventsPerDay());
                events.next(time);
                byte[] value = events.value();
                producer.send(events.key(), value, time);
                seen.set(events.user());
                top += events.user() == 0 ? 1 : 0;
                bytes += value.length;
            }
        }
        double count = options.events();
        return new LoadTopic(
                name, options.events(), seen.cardinality(), top / count, bytes / count);
    }

    /** Distinct users among the first events of it. */
    static long usersAmong(long count, LoadOptions options) {
        LoadEvents events = new LoadEvents(options);
        BitSet seen = new BitSet();
        for (long i = 0; i < count; i++) {
            events.next(LoadEvents.timeOf(i, options.eventsPerDay()));
            seen.set(events.user());
        }
        return seen.cardinality();
    }
}
