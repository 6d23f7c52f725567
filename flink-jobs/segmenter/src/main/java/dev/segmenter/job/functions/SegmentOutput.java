// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;

/**
 * One output record of assign: a change, a membership, or, with neither, the tombstone of a user
 * that left.
 */
public record SegmentOutput(String userId, SegmentChange change, SegmentMembership membership) {}
