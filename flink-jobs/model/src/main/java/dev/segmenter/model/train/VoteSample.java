// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A uniform sample of votes without replacement: those of the lowest priority, a hash, so that the
 * order of arrival does not matter (bottom-k sampling; E. Cohen, H. Kaplan, "Summarizing data using
 * bottom-k sketches", PODC 2007). Holds at most one vote a user and interval, the latest; iterates by
 * priority.
 *
 * <p>Votes are put in order when somebody looks, or when as many have come as the sample holds: sorting them
 * together costs less than finding the place of each.
 */
public final class VoteSample {
    private final int capacity;

    /** The first of them in order and at most a capacity, the others as they came. */
    private final ArrayList<Vote> votes = new ArrayList<>();

    private int ordered;
    private long leftOut;

    public VoteSample(int capacity) {
        this.capacity = capacity;
    }

    /** Offers a vote. */
    public void add(Vote vote) {
        if (ordered == capacity && compare(vote, votes.get(ordered - 1)) > 0) {
            leftOut++;
            return;
        }
        votes.add(vote);
        if (votes.size() >= 2L * capacity) {
            settle();
        }
    }

    private static int compare(Vote a, Vote b) {
        int byPriority = Long.compare(a.priority(), b.priority());
        if (byPriority != 0) {
            return byPriority;
        }
        int byUser = Long.compare(a.userHash(), b.userHash());
        return byUser != 0 ? byUser : Long.compare(a.interval(), b.interval());
    }

    /** Puts all in order, keeps the latest vote of a user and interval, and leaves out what is over the capacity. */
    void settle() {
        if (ordered == votes.size()) {
            return;
        }
        sort();
        int kept = 0;
        for (Vote vote : votes) {
            Vote last = kept == 0 ? null : votes.get(kept - 1);
            if (last == null || compare(last, vote) != 0) {
                votes.set(kept++, vote);
            } else if (vote.time() > last.time()) {
                votes.set(kept - 1, vote);
            }
        }
        ordered = Math.min(kept, capacity);
        leftOut += kept - ordered;
        votes.subList(ordered, votes.size()).clear();
    }

    /** Stable: of equal ones the earlier arrival comes first. */
    private void sort() {
        scatter(votes.subList(ordered, votes.size()));
        votes.sort(VoteSample::compare);
    }

    /** Priorities are hashes: a counting sort by the bits in which they differ first leaves little to be sorted. */
    private static void scatter(List<Vote> tail) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (Vote vote : tail) {
            least = Math.min(least, vote.priority());
            greatest = Math.max(greatest, vote.priority());
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(tail.size());
        int range = Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
        int shift = Math.max(0, range - bits);
        int[] ends = new int[1 << bits];
        for (Vote vote : tail) {
            ends[(int) (vote.priority() - least >>> shift)]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        Vote[] scattered = tail.toArray(new Vote[0]);
        for (int i = scattered.length - 1; i >= 0; i--) {
            Vote vote = scattered[i];
            tail.set(--ends[(int) (vote.priority() - least >>> shift)], vote);
        }
    }

    void addAll(VoteSample other) {
        other.votes().forEach(this::add);
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        settle();
        votes.removeIf(
                vote -> vote.time() <= timeByUser.getOrDefault(vote.userHash(), Long.MIN_VALUE));
        ordered = votes.size();
    }

    void clear() {
        votes.clear();
        ordered = 0;
    }

    public int size() {
        settle();
        return votes.size();
    }

    /** How many votes have been left out for want of room; complete once they are in order. */
    public long leftOut() {
        return leftOut;
    }

    /** By priority. */
    public List<Vote> votes() {
        settle();
        return Collections.unmodifiableList(votes);
    }

    void write(DataOutput out) throws IOException {
        settle();
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
