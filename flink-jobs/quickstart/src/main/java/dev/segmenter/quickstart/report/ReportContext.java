// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.quickstart.output.Summary;
import java.time.Instant;

/**
 * What the output topics do not say.
 *
 * @param input what was read, in words
 * @param k most segments there may be
 * @param writtenAt wall clock, given so that equal input makes an equal report
 */
public record ReportContext(
        String input, FeatureSet features, int k, Summary summary, Instant writtenAt) {}
