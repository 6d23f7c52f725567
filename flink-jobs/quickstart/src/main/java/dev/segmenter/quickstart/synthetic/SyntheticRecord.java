// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import dev.segmenter.quickstart.InputRecord;

/**
 * A record of the synthetic stream with what the generator knows about it.
 *
 * @param arrival when the shop reports it, ms of event time; never decreases along the stream
 */
public record SyntheticRecord(InputRecord input, Kind kind, long arrival) {

    /** What is particular about a record. */
    public enum Kind {
        /** In time (within two minutes) and whole. */
        NORMAL,
        /** More than a day old when it arrives. */
        LATE,
        /** The second copy of a NORMAL record, within minutes. */
        DUPLICATE,
        /** Decodes, but breaks a rule. */
        INVALID,
        /** Does not decode. */
        UNDECODABLE
    }
}
