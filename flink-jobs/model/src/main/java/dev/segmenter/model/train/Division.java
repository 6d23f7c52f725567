// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

/**
 * A segment in two.
 *
 * @param slot of the segment
 * @param rest row of what stays of it
 * @param added row of what comes
 * @param gain by how much the sum of squared distances falls before any row moves
 */
record Division(int slot, double[] rest, double[] added, double gain) {}
