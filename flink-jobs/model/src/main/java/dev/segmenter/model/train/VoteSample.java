// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/**
 * A uniform sample of votes without replacement: those of the lowest priority, a hash, so that the
 * order of arrival does not matter (bottom-k sampling; E. Cohen, H. Kaplan, "Summarizing data using
 * bottom-k sketches", PODC 2007). Holds at most one vote a user and interval, the latest; iterates by
 * priority.
 */
public final class VoteSample {
    private static final Comparator<Vote> ORDER =
            Comparator.comparingLong(Vote::priority)
                    .thenComparingLong(Vote::userHash)
                    .thenComparingLong(Vote::interval);

    private final int capacity;
    private final TreeSet<Vote> votes = new TreeSet<>(ORDER);

    public VoteSample(int capacity) {
        this.capacity = capacity;
    }

    /** Offers a vote; returns true if it or another one was left out for want of room. */
    public boolean add(Vote vote) {
        boolean full = votes.size() >= capacity;
        if (full && ORDER.compare(vote, votes.last()) > 0) {
            return true;
        }
        if (!votes.add(vote)) {
            keepLater(votes.ceiling(vote), vote);
            return false;
        }
        if (full) {
            votes.pollLast();
        }
        return full;
    }

    private void keepLater(Vote held, Vote vote) {
        if (vote.time() > held.time()) {
            votes.remove(held);
            votes.add(vote);
        }
    }

    void addAll(VoteSample other) {
        other.votes.forEach(this::add);
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        votes.removeIf(
                vote -> vote.time() <= timeByUser.getOrDefault(vote.userHash(), Long.MIN_VALUE));
    }

    void clear() {
        votes.clear();
    }

    public int size() {
        return votes.size();
    }

    /** By priority. */
    public Collection<Vote> votes() {
        return Collections.unmodifiableCollection(votes);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(votes.size());
        for (Vote vote : votes) {
            out.writeLong(vote.userHash());
            out.writeLong(vote.time());
            out.writeLong(vote.interval());
            out.writeLong(vote.priority());
            Doubles.write(vote.values(), out);
        }
    }

    /** Reads what was written; the votes are of the feature set with that fingerprint. */
    static VoteSample read(int capacity, long fingerprint, DataInput in) throws IOException {
        VoteSample sample = new VoteSample(capacity);
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            long userHash = in.readLong();
            long time = in.readLong();
            long interval = in.readLong();
            long priority = in.readLong();
            double[] values = Doubles.read(in);
            sample.add(new Vote(false, userHash, time, interval, priority, fingerprint, values));
        }
        return sample;
    }
}
