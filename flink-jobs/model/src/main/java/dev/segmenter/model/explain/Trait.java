// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

/**
 * One feature that sets a segment apart.
 *
 * @param feature its name
 * @param value mean over the segment, own units
 * @param population mean over all segments, own units
 * @param sigmas deviation of the centroid from the population's mean, in sigmas of the model; 0 for a
 *     feature that is reported only, which has no sigma
 * @param words for example buys often, 3.1 purchases in 30 days against 0.4 overall
 */
public record Trait(String feature, double value, double population, double sigmas, String words) {}
