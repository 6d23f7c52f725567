// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.event;

/**
 * One admitted event, reduced to what features read.
 *
 * @param erasure true for a request to forget the user; every other number is then 0 but lifeClock
 * @param lifeClock event time, ms, that a life of the user beginning here takes as its incarnation
 * @param eventIdHash of the event id
 * @param time event time, ms
 * @param eventType position in FeatureSet.eventTypes, or OTHER_TYPE
 * @param item hash of the item, 0 for none
 * @param category hash of the category, 0 for none
 * @param price 0 for none
 */
public record ClickEvent(
        String userId,
        boolean erasure,
        long lifeClock,
        long eventIdHash,
        long time,
        int eventType,
        int item,
        int category,
        double price) {

    /** A request to forget the user. */
    public static ClickEvent erasure(String userId, long lifeClock) {
        return new ClickEvent(userId, true, lifeClock, 0, 0, 0, 0, 0, 0);
    }
}
