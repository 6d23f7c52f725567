// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.codec.Utf8Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the event types that features name by their bytes: without making a string if they are few. */
final class TypeTable {
    /** No feature names it, or it is not to be judged in place. */
    static final int UNKNOWN = -2;

    // Comparing with more takes longer than a string and a lookup.
    private static final int FEW = 24;

    private final Map<String, Integer> positions = new HashMap<>();
    private final byte[][] types;
    private final int[] positionOf;

    /** Types that no event can have, or that make none of it, are not found. */
    TypeTable(List<String> types) {
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            if (!EventRules.ERASE.equals(type) && EventRules.idViolation("types", type) == null) {
                positions.put(type, i);
            }
        }
        List<String> found = List.copyOf(positions.keySet());
        this.types =
                found.stream()
                        .map(type -> type.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        this.positionOf = found.stream().mapToInt(positions::get).toArray();
    }

    /** Position in the list. */
    int find(Utf8Slice type) {
        if (types.length > FEW) {
            return positions.getOrDefault(type.toString(), UNKNOWN);
        }
        for (int i = 0; i < types.length; i++) {
            if (type.isEqualTo(types[i])) {
                return positionOf[i];
            }
        }
        return UNKNOWN;
    }
}
