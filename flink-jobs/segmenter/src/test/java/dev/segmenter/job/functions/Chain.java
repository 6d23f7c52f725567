// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import java.util.List;
import java.util.function.Consumer;

/** Roll and assign one behind the other, as the forward edge has them; models come from outside. */
final class Chain implements AutoCloseable {
    final RollHarness roll;
    final AssignHarness assign;
    private final Consumer<UserUpdate> updates;
    private final Consumer<Vote> votes;

    /** Both unopened; every update and vote on the way is shown to the consumers. */
    Chain(
            RollHarness roll,
            AssignHarness assign,
            Consumer<UserUpdate> updates,
            Consumer<Vote> votes) {
        this.roll = roll;
        this.assign = assign;
        this.updates = updates;
        this.votes = votes;
    }

    Chain open() throws Exception {
        roll.open();
        assign.opened();
        return this;
    }

    void process(ClickEvent event) throws Exception {
        roll.process(event);
        forward();
    }

    /** Lets time pass for the users; what the trainer owes by then is to be given before {@link #models}. */
    void users(long watermark) throws Exception {
        roll.watermark(watermark);
        forward();
        assign.usersWatermark(watermark);
    }

    /** Lets time pass for the models. */
    void models(long watermark) throws Exception {
        assign.modelsWatermark(watermark);
    }

    /** Decision record 0002: one timer a user in roll, at most the one that its state names in assign. */
    void requireOneTimerAUser() throws Exception {
        assertThat(roll.timers()).isEqualTo(roll.users().size());
        assertThat(assign.timers()).isEqualTo(assign.usersWithTimer());
    }

    void requireNothingLeft() throws Exception {
        assertThat(roll.stateEntries()).as("state of roll").isZero();
        assertThat(roll.timers()).as("timers of roll").isZero();
        assertThat(assign.stateEntries()).as("state of assign").isZero();
        assertThat(assign.timers()).as("timers of assign").isZero();
        assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isZero();
    }

    private void forward() throws Exception {
        roll.drainVotes().forEach(votes);
        List<UserUpdate> drained = roll.drainUpdates();
        for (UserUpdate update : drained) {
            updates.accept(update);
            assign.update(update);
        }
    }

    @Override
    public void close() throws Exception {
        roll.close();
        assign.close();
    }
}
