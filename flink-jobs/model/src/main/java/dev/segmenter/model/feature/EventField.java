// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

/** The field of an event that a sum or a distinct count reads. */
public enum EventField {
    PRICE,
    ITEM,
    CATEGORY
}
