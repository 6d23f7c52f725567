// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.Guards;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The guards that are compared: each of the defaults alone, together, and those of former releases. */
final class GuardSets {
    private GuardSets() {}

    /** In the order of the table, by name. */
    static Map<String, Guards> compared() {
        Guards all = Guards.DEFAULTS;
        Map<String, Guards> sets = new LinkedHashMap<>();
        sets.put("none", Guards.OFF);
        sets.put("margin", new Guards(all.margin(), Duration.ZERO, Duration.ZERO));
        sets.put("stay", new Guards(0, all.stay(), Duration.ZERO));
        sets.put("confirmation", new Guards(0, Duration.ZERO, all.confirmation()));
        sets.put("margin, stay", new Guards(all.margin(), all.stay(), Duration.ZERO));
        sets.put("**all: the defaults**", all);
        sets.put("defaults before 0007", new Guards(0.10, Duration.ofDays(2), Duration.ZERO));
        sets.put(
                "browsing example before 0007",
                new Guards(0.10, Duration.ofHours(12), Duration.ZERO));
        return sets;
    }
}
