// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;

/**
 * Which K, why, and what speaks against it.
 *
 * @param k recommended
 * @param structure whether there are groups at all
 * @param sentence the recommendation
 * @param evidence sentences that speak for it
 * @param contradictions sentences that speak against it, or call for care
 */
public record Recommendation(
        int k,
        Structure structure,
        String sentence,
        List<String> evidence,
        List<String> contradictions) {

    public Recommendation {
        evidence = List.copyOf(evidence);
        contradictions = List.copyOf(contradictions);
    }
}
