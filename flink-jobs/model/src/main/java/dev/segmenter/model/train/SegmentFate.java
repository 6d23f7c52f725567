// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.schemas.Fate;
import java.util.List;

/** What became of a segment by a split or a merger, and the segments it came from. */
record SegmentFate(int segmentId, Fate fate, List<Integer> parents) {}
