// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.Comparator;
import java.util.List;

/**
 * Chooses K by how much better the silhouette is than on users without groups: the silhouette alone favours few
 * clusters, whatever the data. Only a K that comes out again from other samples counts, if there is any. Leads
 * within {@value #TIE} are a tie, of which the greatest K wins that is as stable as the leader: it tells the
 * same story in more detail. Without any structure the most stable K is taken, which is then a way to cut, and
 * no finding.
 */
final class KChoice {
    static final double TIE = 0.015;

    /** Difference of two stabilities that counts for nothing. */
    private static final double SAME_STABILITY = 0.01;

    private KChoice() {}

    /** The chosen one of the figures by K. */
    static KFigures of(List<KFigures> byK) {
        List<KFigures> candidates = candidates(byK);
        if (candidates.isEmpty()) {
            return byK.stream().max(Comparator.comparingDouble(KFigures::stability)).orElseThrow();
        }
        KFigures leader = leader(candidates);
        return candidates.stream()
                .filter(f -> f.excess() >= leader.excess() - TIE)
                .filter(f -> f.stability() >= leader.stability() - SAME_STABILITY)
                .max(Comparator.comparingInt(KFigures::k))
                .orElseThrow();
    }

    /** Every K that shows structure: the stable ones alone if there are any. */
    static List<KFigures> candidates(List<KFigures> byK) {
        List<KFigures> structured =
                byK.stream().filter(f -> Structure.of(f) != Structure.NONE).toList();
        List<KFigures> stable =
                structured.stream()
                        .filter(f -> f.stability() >= Structure.CLEAR_STABILITY)
                        .toList();
        return stable.isEmpty() ? structured : stable;
    }

    static KFigures leader(List<KFigures> candidates) {
        return candidates.stream().max(Comparator.comparingDouble(KFigures::excess)).orElseThrow();
    }
}
