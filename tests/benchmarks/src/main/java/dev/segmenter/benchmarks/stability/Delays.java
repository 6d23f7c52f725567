// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.Guards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long after a planted move it is told: from the last moment at which the unguarded nearest segment
 * changed to the last move of the same user under guards. Both end in the same segment, or the user was
 * never told.
 */
final class Delays {
    private final List<Delay> all = new ArrayList<>();
    private int untold;

    private Delays() {}

    /** A user's delay and the most that the guards state: what was left of the stay, or the confirmation. */
    record Delay(String user, long delay, long stated) {}

    static Delays of(Recording recording, Guards guards) {
        Map<String, Move> unguarded = last(GuardTrial.run(recording, Guards.OFF));
        Outcome guarded = GuardTrial.run(recording, guards);
        Map<String, Move> told = last(guarded);
        Delays delays = new Delays();
        unguarded.forEach((user, move) -> delays.add(move, told.get(user), guarded, guards));
        return delays;
    }

    private void add(Move moved, Move told, Outcome guarded, Guards guards) {
        if (told == null || told.to() != moved.to()) {
            untold++;
            return;
        }
        long stayed = moved.time() - enteredBefore(told, guarded);
        long left = Math.max(0, guards.stay().toMillis() - stayed);
        long stated = Math.max(left, guards.confirmation().toMillis());
        all.add(new Delay(moved.user(), told.time() - moved.time(), stated));
    }

    /** When the segment was entered that a move left; the start of the users' life if it was the first. */
    private static long enteredBefore(Move told, Outcome guarded) {
        return guarded.moves().stream()
                .filter(move -> move.user().equals(told.user()) && move.time() < told.time())
                .mapToLong(Move::time)
                .max()
                .orElse(told.life() + guarded.guards().confirmation().toMillis());
    }

    private static Map<String, Move> last(Outcome outcome) {
        Map<String, Move> last = new HashMap<>();
        outcome.moves().forEach(move -> last.put(move.user(), move));
        return last;
    }

    List<Delay> all() {
        return all;
    }

    /** Users whose move was not told at all. */
    int untold() {
        return untold;
    }

    /** The delay that a share of the users does not exceed, ms. */
    long quantile(double share) {
        long[] sorted = all.stream().mapToLong(Delay::delay).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
