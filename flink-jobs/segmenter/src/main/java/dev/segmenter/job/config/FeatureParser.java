// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.TimeUtils;

/** Reads the feature list of the configuration; the presets are shop and browsing. */
final class FeatureParser {
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "kind",
                    "of",
                    "types",
                    "window",
                    "numerator",
                    "denominator",
                    "transform",
                    "cluster",
                    "high",
                    "low");

    private FeatureParser() {}

    /** The preset that the node names, shop where it is null; empty for a list of declarations. */
    static Optional<FeaturePreset> preset(JsonNode node) {
        if (node == null || node.isNull()) {
            return Optional.of(FeaturePreset.SHOP);
        }
        if (!node.isTextual()) {
            return Optional.empty();
        }
        Optional<FeaturePreset> preset = FeaturePreset.named(node.asText());
        if (preset.isEmpty()) {
            throw ConfigException.of(
                    "features",
                    node.asText(),
                    "is no preset; use shop, browsing or a list of features");
        }
        return preset;
    }

    /** The features of the preset, or the declared ones. */
    static FeatureSet parse(JsonNode node) {
        return preset(node).map(FeaturePreset::features).orElseGet(() -> declared(node));
    }

    private static FeatureSet declared(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw ConfigException.of(
                    "features", node, "must be a list, or the preset shop or browsing");
        }
        try {
            List<FeatureSpec> features = new ArrayList<>();
            node.forEach(feature -> features.add(feature(feature)));
            return FeatureSet.of(features);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static FeatureSpec feature(JsonNode node) {
        if (!node.isObject()) {
            throw ConfigException.of(
                    "features", node, "must be a mapping with at least name and kind");
        }
        String name = text(node, "name");
        node.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!KEYS.contains(key)) {
                                throw new ConfigException(
                                        "features["
                                                + name
                                                + "]."
                                                + key
                                                + ": is no key of a feature; use "
                                                + String.join(
                                                        ", ", KEYS.stream().sorted().toList()));
                            }
                        });
        return new FeatureSpec(
                name,
                choice(node, name, "kind", FeatureKind.class),
                types(node),
                choice(node, name, "of", EventField.class),
                duration(node, name),
                text(node, "numerator"),
                text(node, "denominator"),
                choice(node, name, "transform", Transform.class),
                !node.has("cluster") || node.get("cluster").asBoolean(true),
                text(node, "high"),
                text(node, "low"));
    }

    private static String text(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.get(key).asText() : null;
    }

    private static Set<String> types(JsonNode node) {
        Set<String> types = new LinkedHashSet<>();
        if (node.hasNonNull("types")) {
            node.get("types").forEach(type -> types.add(type.asText()));
        }
        return types;
    }

    private static Duration duration(JsonNode node, String name) {
        String window = text(node, "window");
        try {
            return window == null ? null : TimeUtils.parseDuration(window);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "features["
                            + name
                            + "].window: '"
                            + window
                            + "' is no duration; use for example 24h or 30d",
                    e);
        }
    }

    private static <E extends Enum<E>> E choice(
            JsonNode node, String name, String key, Class<E> type) {
        String value = text(node, key);
        if (value == null) {
            return null;
        }
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "features["
                            + name
                            + "]."
                            + key
                            + ": '"
                            + value
                            + "' is unknown; use one of "
                            + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT),
                    e);
        }
    }
}
