// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down all that a roller reports, one readable line each, doubles to the last digit. */
final class Journal implements RollOutput {
    final List<String> lines = new ArrayList<>();
    final List<UserUpdate> updates = new ArrayList<>();
    final List<Vote> votes = new ArrayList<>();
    long counted;
    long duplicates;
    long refused;
    long reported;

    @Override
    public void update(UserUpdate update) {
        updates.add(update);
        lines.add(
                line(
                        update.kind().name(),
                        update.incarnation(),
                        update.time(),
                        update.flagged(),
                        update.values()));
    }

    @Override
    public void vote(Vote vote) {
        votes.add(vote);
        lines.add(voteLine(vote.time(), vote.interval(), vote.priority(), vote.values()));
    }

    @Override
    public void duplicate() {
        duplicates++;
        lines.add("duplicate");
    }

    @Override
    public void counted() {
        counted++;
        lines.add("counted");
    }

    @Override
    public void refused() {
        refused++;
        lines.add("refused");
    }

    @Override
    public void overQuota(String userId, long minuteStart, long count) {
        reported += count;
        lines.add("over quota " + userId + " " + minuteStart + " " + count);
    }

    static String line(String kind, long incarnation, long time, boolean flagged, double[] values) {
        return kind + " " + incarnation + " " + time + " " + flagged + Arrays.toString(values);
    }

    static String voteLine(long time, long interval, long priority, double[] values) {
        return "vote " + time + " " + interval + " " + priority + Arrays.toString(values);
    }
}
