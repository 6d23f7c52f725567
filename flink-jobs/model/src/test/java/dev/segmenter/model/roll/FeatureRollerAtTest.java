// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.Streams.Stream;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** A user at an instant of one's choice, beside what the roller says when a vote falls on that instant. */
@Domain(Streams.class)
class FeatureRollerAtTest {
    private static final FeatureSet FEATURES = Features.everyKind();
    private static final RollOptions OPTIONS = RollOptions.defaults();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final FeatureRoller roller = new FeatureRoller(FEATURES, OPTIONS);

    @Property(tries = 200)
    void at_theInstantOfAVote_holdsTheVotesValues(@ForAll Stream stream) {
        Journal journal = new Journal();
        HeldIds ids = new HeldIds();
        UserState rolled = rolled(stream, ids, journal);
        long last = rolled.clock;
        int before = journal.votes.size();
        roller.onTimer(rolled, stream.userId(), last + 3 * DAY, ids, journal);
        Assume.that(journal.votes.size() > before);
        Vote vote = journal.votes.get(journal.votes.size() - 1);

        HeldIds others = new HeldIds();
        Optional<UserUpdate> at =
                roller.at(
                        rolled(stream, others, new Journal()),
                        stream.userId(),
                        vote.time(),
                        others,
                        new Journal());

        assertThat(at.orElseThrow().values()).isEqualTo(vote.values());
        assertThat(at.orElseThrow().time()).isEqualTo(vote.time());
        assertThat(at.orElseThrow().flagged()).isFalse();
    }

    @Property(tries = 50)
    void at_afterTheUserHasLeft_isEmpty(@ForAll Stream stream) {
        HeldIds ids = new HeldIds();
        UserState rolled = rolled(stream, ids, new Journal());
        long gone = rolled.lastEvent + OPTIONS.exitAfter().toMillis();

        assertThat(roller.at(rolled, stream.userId(), gone, ids, new Journal())).isEmpty();
    }

    private UserState rolled(Stream stream, HeldIds ids, Journal journal) {
        UserState state = roller.begin(stream.events().get(0));
        for (ClickEvent event : stream.events()) {
            roller.onEvent(state, event, ids, journal);
        }
        return state;
    }
}
