// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.Event;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Which decoded events are valid. */
public final class EventRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Type of an event that asks to forget its user. */
    public static final String ERASE = "$erase";

    static final int MAX_ID_LENGTH = 256;

    /** Sums, squares and means of prices up to this stay finite, and it is dearer than any order. */
    static final double MAX_PRICE = 1e12;

    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final long EARLIEST_MILLIS = EARLIEST.toEpochMilli();
    private static final long LATEST_MILLIS = LATEST.toEpochMilli();

    /** A serializable wall clock, ms. */
    public interface Clock extends LongSupplier, Serializable {}

    private final Clock clock;
    private final long futureSkewMillis;

    private EventRules(Clock clock, long futureSkewMillis) {
        this.clock = clock;
        this.futureSkewMillis = futureSkewMillis;
    }

    /** Live: refuses event times further ahead of the clock than the skew. */
    public static EventRules live(Clock clock, Duration futureSkew) {
        return new EventRules(clock, futureSkew.toMillis());
    }

    /** Replay: any event time of the years 2000 to 9999. */
    public static EventRules replay() {
        return new EventRules(() -> 0, -1);
    }

    /** Null if the event is valid, else field, value and reason. */
    public String violation(Event event) {
        String id = idViolation("user_id", event.getUserId());
        if (id != null || isErasure(event)) {
            return id;
        }
        id = idViolation("event_id", event.getEventId());
        if (id == null) {
            id = idViolation("event_type", event.getEventType());
        }
        if (id == null) {
            id = timeViolation(event.getEventTime());
        }
        return id == null ? priceViolation(event.getPrice()) : id;
    }

    /** The first event time, ms, that is no violation. */
    static long earliest() {
        return EARLIEST_MILLIS;
    }

    /** The last event time, ms, that is no violation by the clock as it is now. */
    long latest() {
        return futureSkewMillis < 0
                ? LATEST_MILLIS
                : Math.min(LATEST_MILLIS, clock.getAsLong() + futureSkewMillis);
    }

    /** True if a price is no violation. */
    static boolean isPrice(double price) {
        return price >= 0 && price <= MAX_PRICE;
    }

    static boolean isErasure(Event event) {
        return ERASE.equals(event.getEventType());
    }

    static String idViolation(String field, String id) {
        if (id == null || id.isBlank()) {
            return field + ": missing or blank";
        }
        return id.length() <= MAX_ID_LENGTH
                ? null
                : field
                        + ": "
                        + id.length()
                        + " characters, at most "
                        + MAX_ID_LENGTH
                        + " are allowed";
    }

    private String timeViolation(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return "event_time: " + time + " is before " + EARLIEST;
        }
        if (time.isAfter(LATEST)) {
            return "event_time: " + time + " is after " + LATEST;
        }
        if (time.toEpochMilli() > latest()) {
            return "event_time: "
                    + time
                    + " is ahead of the clock by more than "
                    + Duration.ofMillis(futureSkewMillis);
        }
        return null;
    }

    private static String priceViolation(Double price) {
        if (price == null || isPrice(price)) {
            return null;
        }
        return price > MAX_PRICE && !price.isInfinite()
                ? "price: " + price + " is over " + MAX_PRICE + "; check its unit"
                : "price: " + price + " is negative or not finite";
    }
}
