// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

/** The least of an event that a job with features needs; reused from record to record. */
final class LeanEvent {
    String userId;

    /** The user id's bytes, one a character, within an array that is not its own. */
    byte[] userBytes;

    int userFrom;

    long eventId;
    long time;
    int type;
    int item;
    int category;
    double price;
}
