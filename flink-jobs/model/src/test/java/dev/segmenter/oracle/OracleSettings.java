// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import java.time.Duration;

/**
 * What a job is configured with, as far as its output depends on it; declarations alone.
 *
 * @param lateness how far behind its partition an event may be
 */
public record OracleSettings(
        FeatureSet features, RollOptions roll, AssignOptions assign, Duration lateness) {}
