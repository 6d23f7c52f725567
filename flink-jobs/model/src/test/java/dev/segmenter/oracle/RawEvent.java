// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.schemas.Event;

/** One valid record of a partition: a user's event, or, with none, the request to forget the user. */
public record RawEvent(int partition, String userId, Event event) {

    public static RawEvent of(int partition, Event event) {
        return new RawEvent(partition, event.getUserId(), event);
    }

    public static RawEvent erasure(int partition, String userId) {
        return new RawEvent(partition, userId, null);
    }

    public boolean isErasure() {
        return event == null;
    }

    /** Event time, ms; only for an event. */
    public long time() {
        return event.getEventTime().toEpochMilli();
    }

    @Override
    public String toString() {
        String what =
                isErasure()
                        ? "is erased"
                        : "at "
                                + event.getEventTime()
                                + ' '
                                + event.getEventType()
                                + " id "
                                + event.getEventId()
                                + " item "
                                + event.getItemId()
                                + " category "
                                + event.getCategory()
                                + " price "
                                + event.getPrice();
        return userId + " (partition " + partition + ") " + what;
    }
}
