// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.job.functions.AssignSegments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Which versions came after updates that they should have decided, as assign says in its log. */
final class LateVersions extends AbstractAppender implements AutoCloseable {
    private final Map<Long, Instant> effectiveFrom = new ConcurrentHashMap<>();
    private final Logger logger = (Logger) LogManager.getLogger(AssignSegments.class);

    LateVersions() {
        super("late-versions", null, null, true, Property.EMPTY_ARRAY);
        start();
        logger.addAppender(this);
        Configurator.setLevel(logger, Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        if (event.getMessage().getFormat().startsWith("Model version {}")) {
            List<Object> values = List.of(event.getMessage().getParameters());
            effectiveFrom.put((Long) values.get(0), (Instant) values.get(1));
        }
    }

    boolean contains(long version) {
        return effectiveFrom.containsKey(version);
    }

    int count() {
        return effectiveFrom.size();
    }

    /** From when on users may differ. */
    Optional<Instant> first() {
        return effectiveFrom.values().stream().min(Instant::compareTo);
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
