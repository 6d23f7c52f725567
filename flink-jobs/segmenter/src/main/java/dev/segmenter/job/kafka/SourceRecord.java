// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.schemas.ErrorClass;

/**
 * One Kafka record after decoding: an event reduced to what features read, an erasure, or a refusal
 * with its reason. The source has one and refills it for each record: whoever wants to hold on to
 * it takes a copy. The byte arrays and texts are never written to again.
 */
public final class SourceRecord {
    private String topic;
    private int partition;
    private long offset;
    private byte[] key;
    private byte[] value;

    private boolean erasure;
    private ErrorClass error;
    private String message;

    private String userId;
    private boolean timed;
    private long eventTime;

    private long eventIdHash;
    private int eventType;
    private int item;
    private int category;
    private double price;

    /** Begins a record at its place, original key and value null if absent; it is nothing else yet. */
    public SourceRecord at(String topic, int partition, long offset, byte[] key, byte[] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.key = key;
        this.value = value;
        erasure = false;
        error = null;
        message = null;
        userId = null;
        timed = false;
        eventTime = 0;
        return this;
    }

    /** Makes it an event: who and when (ms), and the parts of a {@link ClickEvent}. */
    public SourceRecord event(
            String userId,
            long eventTime,
            long eventIdHash,
            int eventType,
            int item,
            int category,
            double price) {
        about(userId, eventTime);
        this.eventIdHash = eventIdHash;
        this.eventType = eventType;
        this.item = item;
        this.category = category;
        this.price = price;
        return this;
    }

    /** Makes it a request to forget the user. */
    public SourceRecord erasure(String userId) {
        this.userId = userId;
        erasure = true;
        return this;
    }

    /** Makes it a refusal. */
    public SourceRecord refusal(ErrorClass error, String message) {
        this.error = error;
        this.message = message;
        return this;
    }

    /** Whose event of what time (ms) it is that is refused. */
    public SourceRecord about(String userId, long eventTime) {
        this.userId = userId;
        this.eventTime = eventTime;
        timed = true;
        return this;
    }

    /** A record of its own. */
    public SourceRecord copy() {
        SourceRecord copy = new SourceRecord().at(topic, partition, offset, key, value);
        copy.erasure = erasure;
        copy.refusal(error, message);
        copy.event(userId, eventTime, eventIdHash, eventType, item, category, price);
        copy.timed = timed;
        return copy;
    }

    /** The event as it goes on; lifeClock is the incarnation that a life beginning with it takes, ms. */
    public ClickEvent admitted(long lifeClock) {
        return new ClickEvent(
                userId, false, lifeClock, eventIdHash, eventTime, eventType, item, category, price);
    }

    /** True if the record is an event that counts and moves the clock. */
    public boolean isEvent() {
        return error == null && !erasure;
    }

    /** True if the record asks to forget its user. */
    public boolean isErasure() {
        return erasure;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** Original bytes, null if absent. */
    public byte[] key() {
        return key;
    }

    /** Original bytes, null if absent. */
    public byte[] value() {
        return value;
    }

    /** Null for an event or erasure. */
    public ErrorClass error() {
        return error;
    }

    /** Why it was refused, null otherwise. */
    public String message() {
        return message;
    }

    /** Who, null for a refusal that does not tell. */
    public String userId() {
        return userId;
    }

    /** True if an event, refused or not, tells its time. */
    public boolean hasEventTime() {
        return timed;
    }

    /** Event time, ms. */
    public long eventTime() {
        return eventTime;
    }

    public long eventIdHash() {
        return eventIdHash;
    }

    /** Position in FeatureSet.eventTypes, or OTHER_TYPE. */
    public int eventType() {
        return eventType;
    }

    /** Hash of the item, 0 for none. */
    public int item() {
        return item;
    }

    /** Hash of the category, 0 for none. */
    public int category() {
        return category;
    }

    /** 0 for none. */
    public double price() {
        return price;
    }
}
