// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operator's own labels; refuses what cannot name a segment, naming key, value and remedy.
 *
 * @param byId labels by segment id; an id that is not alive is passed over
 */
public record SegmentLabels(Map<Integer, String> byId) implements Serializable {
    /** Longer labels fit no table. */
    public static final int MOST_CHARACTERS = 80;

    /** All labels are generated. */
    public static final SegmentLabels NONE = new SegmentLabels(Map.of());

    private static final String KEY = "model.labels.";

    public SegmentLabels {
        Map<String, Integer> seen = new HashMap<>();
        new TreeMap<>(byId).forEach((id, label) -> check(id, label, seen));
        byId = Map.copyOf(byId);
    }

    /** Labels as they are configured: segment ids as text. */
    public static SegmentLabels parse(Map<String, String> entries) {
        Map<Integer, String> byId = new HashMap<>();
        new TreeMap<>(entries)
                .forEach(
                        (key, label) -> {
                            if (byId.put(segmentId(key), label.strip()) != null) {
                                throw refused(key, label, "names a segment twice; remove one");
                            }
                        });
        return new SegmentLabels(byId);
    }

    /** The label of a segment if the operator has given one. */
    public Optional<String> of(int segmentId) {
        return Optional.ofNullable(byId.get(segmentId));
    }

    private static int segmentId(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    KEY + key + ": '" + key + "' is no segment id; use a positive whole number", e);
        }
    }

    private static void check(int id, String label, Map<String, Integer> seen) {
        if (id < 1) {
            throw refused(id, label, "is for no segment id; use a positive whole number");
        }
        if (label.isBlank()) {
            throw refused(id, label, "is blank; give a label or remove the key");
        }
        if (label.length() > MOST_CHARACTERS) {
            throw refused(id, label, "is too long; use at most " + MOST_CHARACTERS + " characters");
        }
        if (label.chars().anyMatch(Character::isISOControl)) {
            throw refused(id, label, "has control characters; remove them");
        }
        Integer other = seen.put(label.toLowerCase(Locale.ROOT), id);
        if (other != null) {
            throw refused(id, label, "is also the label of segment " + other + "; change one");
        }
    }

    private static IllegalArgumentException refused(Object id, String label, String reason) {
        return new IllegalArgumentException(KEY + id + ": '" + label + "' " + reason);
    }
}
