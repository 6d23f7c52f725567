// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.EventCursor;
import dev.segmenter.schemas.codec.Utf8Slice;
import java.nio.charset.StandardCharsets;

/**
 * Reduces events to what features read: an item or category that none reads is 0. Events in place
 * are judged in passing, and given up where their words are wanted. Reuses its buffer: not
 * thread-safe.
 */
public final class EventReducer {
    private static final byte[] ERASE = EventRules.ERASE.getBytes(StandardCharsets.UTF_8);

    // A clock that is set back is heeded after so many events.
    private static final int ASKED_EVERY = 256;

    private final EventRules rules;
    private final FeatureSet features;
    private final TypeTable types;
    private final boolean readsItem;
    private final boolean readsCategory;
    private final char[] text = new char[EventRules.MAX_ID_LENGTH];
    private long latest = Long.MIN_VALUE;
    private int untilAsked;

    public EventReducer(EventRules rules, FeatureSet features) {
        this.rules = rules;
        this.features = features;
        this.types = new TypeTable(features.eventTypes());
        this.readsItem = reads(features, EventField.ITEM);
        this.readsCategory = reads(features, EventField.CATEGORY);
    }

    private static boolean reads(FeatureSet features, EventField field) {
        return features.features().stream()
                .anyMatch(f -> f.kind() == FeatureKind.DISTINCT && f.field() == field);
    }

    /** A valid event as it goes on; lifeClock is the incarnation that a life beginning with it takes, ms. */
    public ClickEvent reduce(Event event, long lifeClock) {
        SourceRecord record = new SourceRecord();
        reduce(event, record);
        return record.admitted(lifeClock);
    }

    /** Makes a record of a valid event. */
    public void reduce(Event event, SourceRecord into) {
        into.event(
                event.getUserId(),
                event.getEventTime().toEpochMilli(),
                Hashes.of(event.getEventId()),
                features.typeIndex(event.getEventType()),
                readsItem ? hash(event.getItemId()) : 0,
                readsCategory ? hash(event.getCategory()) : 0,
                event.getPrice() == null ? 0 : event.getPrice());
    }

    /** False, and nothing done, unless it is a valid event beyond doubt, and no erasure. */
    boolean reduce(EventCursor event, SourceRecord into) {
        int type = type(event.eventType());
        if (type == TypeTable.UNKNOWN
                || !isTime(event.eventTime())
                || !EventRules.isPrice(event.price())
                || !isId(event.eventId())) {
            return false;
        }
        long idHash = Hashes.of(text, event.eventId().length());
        String userId = event.userId().toString();
        if (EventRules.idViolation("user_id", userId) != null) {
            return false;
        }
        into.event(
                userId,
                event.eventTime(),
                idHash,
                type,
                readsItem ? hash(event.itemId()) : 0,
                readsCategory ? hash(event.category()) : 0,
                event.price());
        return true;
    }

    /** Asks the clock once in a while: it runs on, so what it has allowed once it allows for good. */
    private boolean isTime(long time) {
        if (time > latest || --untilAsked <= 0) {
            latest = rules.latest();
            untilAsked = ASKED_EVERY;
        }
        return time >= EventRules.earliest() && time <= latest;
    }

    private int type(Utf8Slice type) {
        int named = types.find(type);
        return named == TypeTable.UNKNOWN && isId(type) && !type.isEqualTo(ERASE)
                ? FeatureSet.OTHER_TYPE
                : named;
    }

    /** Ids in other than ASCII are rare; the general codec takes them. The id is in the buffer then. */
    private boolean isId(Utf8Slice id) {
        if (!id.copyAscii(text)) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!Character.isWhitespace(text[i])) {
                return true;
            }
        }
        return false;
    }

    private int hash(Utf8Slice value) {
        if (value.length() == 0) {
            return 0;
        }
        return value.copyAscii(text)
                ? Hashes.toInt(Hashes.of(text, value.length()))
                : hash(value.toString());
    }

    private static int hash(String value) {
        return value == null || value.isEmpty() ? 0 : Hashes.toInt(Hashes.of(value));
    }
}
