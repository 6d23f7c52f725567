// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import java.util.List;

/**
 * One segment on the screen.
 *
 * @param users members now
 * @param share of all users in segments, 0 to 1
 * @param trend members now less those of about half a minute ago
 * @param words what sets the segment apart, strongest first
 */
public record SegmentRow(
        int id, String label, long users, double share, long trend, List<String> words) {}
