// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;

/**
 * One Kafka record after decoding: an event, an erasure, or a refusal with its reason.
 *
 * @param key original bytes, null if absent
 * @param value original bytes, null if absent
 * @param userId who, null only for a refusal
 * @param event the event, null for an erasure and for undecodable bytes
 * @param error null for an event or erasure
 * @param message why it was refused, null otherwise
 */
public record SourceRecord(
        String topic,
        int partition,
        long offset,
        byte[] key,
        byte[] value,
        String userId,
        Event event,
        ErrorClass error,
        String message) {

    /** True if the record is an event that counts and moves the clock. */
    public boolean isEvent() {
        return error == null && event != null;
    }

    /** True if the record asks to forget its user. */
    public boolean isErasure() {
        return error == null && event == null;
    }

    /** Event time, ms; only for an event. */
    public long eventTime() {
        return event.getEventTime().toEpochMilli();
    }
}
