// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/** What an event did to an aggregate: what is to be worked out again. */
enum Effect {
    /** Nothing. */
    NONE,
    /** Every window that holds the event's pane is one more. */
    ONE_MORE,
    /** Something came into the event's pane, and nothing left another. */
    ENTERED,
    /** Something may have left other panes, too. */
    MOVED
}
