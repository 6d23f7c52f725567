// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A to B to A: two consecutive moves of one life, the second back to the segment that the first left. */
record Return(Move there, Move back) {

    /** All of a log in which each user's moves are in order; the users may be mixed. */
    static List<Return> in(List<Move> moves) {
        Map<String, Move> last = new HashMap<>();
        List<Return> returns = new ArrayList<>();
        for (Move move : moves) {
            Move before = last.put(move.user(), move);
            if (before != null && before.life() == move.life() && before.from() == move.to()) {
                returns.add(new Return(before, move));
            }
        }
        return returns;
    }

    /** Time away, ms. */
    long away() {
        return back.time() - there.time();
    }
}
