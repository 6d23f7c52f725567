// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads the YAML file and the overrides into flat options; refuses unknown keys and bad values. */
final class ConfigLoader {
    private static final Map<String, ConfigOption<Map<String, String>>> MAPS =
            Stream.of(
                            SegmenterOptions.KAFKA_PROPERTIES,
                            SegmenterOptions.FLINK,
                            SegmenterOptions.LABELS)
                    .collect(Collectors.toMap(ConfigOption::key, option -> option));

    private final Map<String, ConfigOption<?>> known =
            SegmenterOptions.all().stream()
                    .collect(Collectors.toMap(ConfigOption::key, option -> option));
    private final Map<String, Map<String, String>> maps = new LinkedHashMap<>();
    private final Configuration values = new Configuration();
    private JsonNode features;

    /** Values of the file (null for none), then of the overrides, which win. */
    static ConfigLoader read(Path file, Map<String, String> overrides) {
        ConfigLoader loader = new ConfigLoader();
        if (file != null) {
            loader.flatten("", parse(file));
        }
        overrides.forEach(loader::override);
        loader.maps.forEach((key, entries) -> loader.values.set(MAPS.get(key), entries));
        loader.checkTypes();
        FeatureParser.preset(loader.features).ifPresent(loader::addDefaults);
        return loader;
    }

    Configuration values() {
        return values;
    }

    /** The features node: a list, the name of a preset, or null if absent. */
    JsonNode features() {
        return features;
    }

    private static JsonNode parse(Path file) {
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            if (root.isMissingNode() || root.isNull()) {
                return new YAMLMapper().createObjectNode();
            }
            if (!root.isObject()) {
                throw ConfigException.of("config", file, "is no YAML mapping of keys to values");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "config: '" + file + "' is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ConfigException(
                    "config: '" + file + "' cannot be read; give the path of an existing file", e);
        }
    }

    private void flatten(String prefix, JsonNode node) {
        node.fields()
                .forEachRemaining(
                        field -> {
                            String key = prefix + field.getKey();
                            JsonNode value = field.getValue();
                            if (key.equals(SegmenterOptions.FEATURES)) {
                                features = value;
                            } else if (value.isObject()) {
                                flatten(key + ".", value);
                            } else if (value.isArray()) {
                                throw ConfigException.of(
                                        key, value, "must be a single value, not a list");
                            } else if (!value.isNull()) {
                                set(key, value.asText());
                            }
                        });
    }

    private void override(String key, String value) {
        if (key.equals(SegmenterOptions.FEATURES)) {
            features = new YAMLMapper().getNodeFactory().textNode(value);
        } else {
            set(key, value);
        }
    }

    private void set(String key, String value) {
        for (String map : MAPS.keySet()) {
            if (key.startsWith(map + ".")) {
                maps.computeIfAbsent(map, m -> new TreeMap<>())
                        .put(key.substring(map.length() + 1), value);
                return;
            }
        }
        if (!known.containsKey(key)) {
            throw new ConfigException(
                    key + ": is no option of the segmenter; see docs/options.md" + similarTo(key));
        }
        values.setString(key, value);
    }

    private String similarTo(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        String similar =
                known.keySet().stream()
                        .filter(k -> k.equals(last) || k.endsWith("." + last))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return similar.isEmpty() ? "" : " (did you mean " + similar + "?)";
    }

    /** Whatever was set wins. */
    private void addDefaults(FeaturePreset preset) {
        Configuration all = preset.defaults().clone();
        all.addAll(values);
        values.addAll(all);
    }

    private void checkTypes() {
        for (ConfigOption<?> option : SegmenterOptions.all()) {
            try {
                values.getOptional(option);
            } catch (IllegalArgumentException e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                throw new ConfigException(
                        option.key()
                                + ": '"
                                + values.getString(option.key(), "")
                                + "' is not valid: "
                                + root.getMessage(),
                        e);
            }
        }
    }
}
