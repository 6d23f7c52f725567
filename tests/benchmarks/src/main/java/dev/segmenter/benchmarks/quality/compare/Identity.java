// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether ids keep their meaning and users their ids. At each step every user (always the same n) has
 * the id of its nearest centroid; an id means the class to which most of its users belong.
 */
final class Identity {
    private Identity() {}

    /** Share of the users whose id differs between two steps, 0 to 1. */
    static double relabelled(int[] before, int[] after) {
        int moved = 0;
        for (int i = 0; i < before.length; i++) {
            moved += before[i] == after[i] ? 0 : 1;
        }
        return moved / (double) before.length;
    }

    /** Relabelled shares of all steps after the first of some. */
    static double[] relabelled(List<int[]> steps) {
        double[] shares = new double[steps.size() - 1];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = relabelled(steps.get(i), steps.get(i + 1));
        }
        return shares;
    }

    /** Number of ids that at some step mean another class than when they first had a user. */
    static int changedMeanings(List<int[]> steps, int[] classes) {
        return changedMeanings(steps, Collections.nCopies(steps.size(), classes));
    }

    /** The same where each step has its own users, with a class each. */
    static int changedMeanings(List<int[]> steps, List<int[]> classes) {
        Map<Integer, Integer> meanings = new HashMap<>();
        Set<Integer> changed = new HashSet<>();
        for (int step = 0; step < steps.size(); step++) {
            majorities(steps.get(step), classes.get(step))
                    .forEach(
                            (id, meaning) -> {
                                Integer first = meanings.putIfAbsent(id, meaning);
                                if (first != null && !first.equals(meaning)) {
                                    changed.add(id);
                                }
                            });
        }
        return changed.size();
    }

    /** Whether most users of a class have the same id at two steps. */
    static boolean kept(int[] before, int[] after, int[] classes, int of) {
        return majorities(classes, before).get(of).equals(majorities(classes, after).get(of));
    }

    /** For each value of one labelling the most frequent value of the other; of equals the lowest. */
    private static Map<Integer, Integer> majorities(int[] keys, int[] values) {
        Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            counts.computeIfAbsent(keys[i], key -> new HashMap<>())
                    .merge(values[i], 1, Integer::sum);
        }
        Map<Integer, Integer> majorities = new HashMap<>();
        counts.forEach((key, count) -> majorities.put(key, mostFrequent(count)));
        return majorities;
    }

    private static int mostFrequent(Map<Integer, Integer> counts) {
        int best = Integer.MAX_VALUE;
        int most = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            int count = entry.getValue();
            if (count > most || count == most && entry.getKey() < best) {
                most = count;
                best = entry.getKey();
            }
        }
        return best;
    }
}
