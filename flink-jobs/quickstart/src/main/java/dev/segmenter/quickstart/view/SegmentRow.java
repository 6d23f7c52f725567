// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

/**
 * One segment on the screen.
 *
 * @param users members now
 * @param share of all users in segments, 0 to 1
 * @param trend members now less those of about half a minute ago
 */
public record SegmentRow(int id, String label, long users, double share, long trend) {}
