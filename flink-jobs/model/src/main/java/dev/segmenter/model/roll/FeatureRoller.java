// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;

/** Rolls the events of users into features. */
public final class FeatureRoller {
    private final FeatureSet features;
    private final RollOptions options;

    public FeatureRoller(FeatureSet features, RollOptions options) {
        this.features = features;
        this.options = options;
    }

    /** The state of a life that this event begins; the event itself is then given to onEvent. */
    public UserState begin(ClickEvent first) {
        return new UserState();
    }

    /**
     * Processes all moments due at the event's time, then the event. If the user left on the way, the
     * event begins the next life in the same state.
     */
    public void onEvent(UserState state, ClickEvent event, OverflowIds ids, RollOutput out) {
        throw new IllegalStateException(features + " " + options);
    }

    /** Processes all moments due at now, ms, in order. Calling it too early or too often is harmless. */
    public void onTimer(UserState state, String userId, long now, OverflowIds ids, RollOutput out) {
        throw new IllegalStateException(features + " " + options);
    }

    /** When onTimer is to be called next, event time, ms; Long.MAX_VALUE if never. */
    public long nextMoment(UserState state) {
        return state.gone ? Long.MAX_VALUE : state.next;
    }

    /** True once the user has left: clear its state. */
    public boolean isGone(UserState state) {
        return state.gone;
    }
}
