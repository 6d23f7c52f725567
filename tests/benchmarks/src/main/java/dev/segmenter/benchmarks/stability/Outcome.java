// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.util.List;

/** What some guards made of a recording. */
record Outcome(Guards guards, List<Move> moves, Fidelity fidelity) {
    Outcome {
        moves = List.copyOf(moves);
    }

    /** Moves of a cause per user and day in a segment. */
    double rate(Cause cause) {
        return moves.stream().filter(move -> move.cause() == cause).count() / fidelity.userDays();
    }

    /** Moves per user and day in a segment. */
    double rate() {
        return moves.size() / fidelity.userDays();
    }

    /** A to B to A in at most this time. */
    List<Return> returnsWithin(Duration time) {
        return Return.in(moves).stream().filter(r -> r.away() <= time.toMillis()).toList();
    }

    /** A to B to A sooner than the stay allows: there must be none among segments that live. */
    List<Return> returnsWithinStay() {
        long stay = guards.stay().toMillis();
        return Return.in(moves).stream().filter(r -> r.away() < stay).toList();
    }
}
