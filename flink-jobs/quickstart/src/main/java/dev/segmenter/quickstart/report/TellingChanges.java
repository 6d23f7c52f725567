// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A few changes that stand for all: of each kind of move the clearest one (largest margin, then the
 * smallest change id), the commonest kinds first, a number for each cause, no user twice. Nobody who
 * asked to be forgotten is among them.
 */
final class TellingChanges {
    private static final Map<Cause, Integer> MOST =
            Map.of(Cause.BEHAVIOUR, 7, Cause.MODEL, 3, Cause.FIRST, 1, Cause.EXPIRY, 1);

    private static final Comparator<SegmentChange> CLEAREST =
            Comparator.comparingDouble(TellingChanges::margin)
                    .reversed()
                    .thenComparing(SegmentChange::getChangeId);

    private final SortedMap<Move, Kind> kinds = new TreeMap<>();

    void add(SegmentChange change) {
        if (change.getCause() == Cause.ERASURE) {
            kinds.values().forEach(kind -> kind.forget(change.getUserId()));
        } else {
            kinds.computeIfAbsent(Move.of(change), move -> new Kind()).add(change);
        }
    }

    /** In the order of the causes, then the commonest first. */
    List<Told> chosen() {
        List<Told> chosen = new ArrayList<>();
        Set<String> users = new HashSet<>();
        for (Cause cause : List.of(Cause.BEHAVIOUR, Cause.MODEL, Cause.FIRST, Cause.EXPIRY)) {
            kinds.entrySet().stream()
                    .filter(e -> e.getKey().cause() == cause && e.getValue().clearest != null)
                    .sorted(Comparator.comparingLong(e -> -e.getValue().count))
                    .map(e -> new Told(e.getValue().clearest, e.getValue().count))
                    .filter(told -> users.add(told.change().getUserId()))
                    .limit(MOST.get(cause))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private static double margin(SegmentChange change) {
        return change.getMargin() == null ? 0 : change.getMargin();
    }

    /**
     * One chosen change.
     *
     * @param alike how many changes are of its kind, itself among them
     */
    record Told(SegmentChange change, long alike) {}

    private static final class Kind {
        private long count;
        private SegmentChange clearest;

        private void add(SegmentChange change) {
            count++;
            if (clearest == null || CLEAREST.compare(change, clearest) < 0) {
                clearest = change;
            }
        }

        private void forget(String userId) {
            if (clearest != null && clearest.getUserId().equals(userId)) {
                clearest = null;
            }
        }
    }
}
