// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which column (or JSON member) of a file holds which field of an event. Immutable. */
public final class ColumnMapping {
    private static final List<String> FIELDS =
            List.of(
                    "event_time",
                    "event_id",
                    "user_id",
                    "event_type",
                    "item_id",
                    "category",
                    "price",
                    "session_id");

    private final Map<String, String> columns;

    private ColumnMapping(Map<String, String> columns) {
        this.columns = Map.copyOf(columns);
    }

    /** Columns are named as the fields are, the time event_time or event_time_ms. */
    public static ColumnMapping standard() {
        return new ColumnMapping(Map.of());
    }

    /** From {@code field=column,field=column}; fields not named keep their standard column. */
    public static ColumnMapping parse(String text) {
        Map<String, String> columns = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException(
                        "columns: '" + pair + "' is no pair; use field=column,field=column");
            }
            String field = pair.substring(0, equals).strip();
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        "columns: '" + field + "' is no field of an event; use " + FIELDS);
            }
            columns.put(field, pair.substring(equals + 1).strip());
        }
        return new ColumnMapping(columns);
    }

    /** The column of a field among those that exist, if any. */
    Optional<String> columnOf(String field, Set<String> existing) {
        String mapped = columns.get(field);
        if (mapped != null) {
            return Optional.of(mapped).filter(existing::contains);
        }
        if (existing.contains(field)) {
            return Optional.of(field);
        }
        return Optional.of(field + "_ms")
                .filter(name -> field.equals("event_time") && existing.contains(name));
    }

    static List<String> fields() {
        return FIELDS;
    }
}
