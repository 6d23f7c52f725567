// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.options;

/**
 * One option of the quickstart, given as {@code -Dsegmenter.<key>=<value>}.
 *
 * @param standard the default, empty for none
 */
record Option(String key, String standard, String description) {
    static final String PREFIX = "segmenter.";

    String property() {
        return PREFIX + key;
    }
}
