// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.codec.Utf8Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the few event types that features name by their bytes, without making a string. */
final class TypeTable {
    /** No feature names it, or it is not to be judged in place. */
    static final int UNKNOWN = -2;

    private static final byte[] NEVER_FOUND = {};

    private final byte[][] types;

    /** Types that no event can have, or that make none of it, are not found. */
    TypeTable(List<String> types) {
        this.types = types.stream().map(TypeTable::bytes).toArray(byte[][]::new);
    }

    private static byte[] bytes(String type) {
        return EventRules.ERASE.equals(type) || EventRules.idViolation("types", type) != null
                ? NEVER_FOUND
                : type.getBytes(StandardCharsets.UTF_8);
    }

    /** Position in the list. */
    int find(Utf8Slice type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] != NEVER_FOUND && type.isEqualTo(types[i])) {
                return i;
            }
        }
        return UNKNOWN;
    }
}
