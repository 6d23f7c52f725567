// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The documentation page of the options, from their declarations. */
final class OptionsDoc {
    private static final String HEAD =
            """
            # Options

            Generated from `SegmenterOptions`; a test fails when this page and the code differ.

            Options stand in one YAML file (`--config FILE`), nested or with dotted keys, and can be
            overridden by `--key value`. Durations: `90d`, `24h`, `5min`, `10s`, `200ms`. An unknown key or a
            bad value is refused at start, before anything is connected. A preset of features brings its own
            defaults for some options, shown with its name; what you set wins.

            | key | type | default | description |
            |---|---|---|---|
            """;

    private static final String FEATURES =
            """

            ## features

            `features: shop` (the default), `features: browsing`, or a list of declarations:

            | key | meaning |
            |---|---|
            | `name` | unique; a letter, then up to 63 letters, digits, underscores |
            | `kind` | `count` of events, `sum` of prices, `distinct` items or categories, `recency` in days since the last event, `sessions` begun, `ratio` of two other features (0 where the denominator is 0) |
            | `of` | `price` for a sum; `item` or `category` for distinct |
            | `types` | event types that count; all if absent |
            | `window` | whole panes: hours up to `24h`, days beyond; none for recency and ratio |
            | `numerator`, `denominator` | names of two declared features, for a ratio |
            | `transform` | how the value enters distances: `log1p` (default) or `none` |
            | `cluster` | `false`: kept and reported, but no part of distances; default `true` |
            | `high`, `low` | words for segments far above and far below the mean, used in labels |

            ```yaml
            features:
              - {name: purchases_30d, kind: count, types: [purchase], window: 30d, high: frequent buyers, low: rare buyers}
              - {name: views_30d, kind: count, types: [view], window: 30d, cluster: false}
              - {name: purchase_ratio_30d, kind: ratio, numerator: purchases_30d, denominator: views_30d, transform: none}
            ```
            """;

    private OptionsDoc() {}

    static String markdown() {
        return SegmenterOptions.all().stream()
                .map(OptionsDoc::row)
                .collect(Collectors.joining("", HEAD, FEATURES));
    }

    static String description(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }

    /** The type argument of the field that declares the option. */
    private static Class<?> classOf(ConfigOption<?> option) {
        for (Field field : SegmenterOptions.class.getFields()) {
            try {
                if (field.get(null) == option) {
                    Type type =
                            ((ParameterizedType) field.getGenericType())
                                    .getActualTypeArguments()[0];
                    return type instanceof Class<?> plain
                            ? plain
                            : (Class<?>) ((ParameterizedType) type).getRawType();
                }
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        throw new IllegalArgumentException(option + " is not declared in SegmenterOptions");
    }

    private static String row(ConfigOption<?> option) {
        return "| `%s` | %s | %s | %s |%n"
                .formatted(option.key(), type(option), defaultOf(option), description(option));
    }

    private static String type(ConfigOption<?> option) {
        Class<?> type = classOf(option);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(OptionsDoc::word)
                    .collect(Collectors.joining(", "));
        }
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The option's own, and those of the presets that have another. */
    private static String defaultOf(ConfigOption<?> option) {
        Stream<String> own =
                option.hasDefaultValue() ? Stream.of(value(option.defaultValue())) : Stream.of();
        Stream<String> presets =
                Arrays.stream(FeaturePreset.values())
                        .filter(preset -> preset.defaults().contains(option))
                        .map(preset -> preset.word() + ": " + value(preset.defaults().get(option)));
        return Stream.concat(own, presets).collect(Collectors.joining("; "));
    }

    private static String value(Object value) {
        if (value instanceof Duration duration) {
            return "`" + TimeUtils.formatWithHighestUnit(duration) + "`";
        }
        if (value instanceof Enum<?>) {
            return "`" + word(value) + "`";
        }
        if (value instanceof Map<?, ?> || "".equals(value)) {
            return "empty";
        }
        return "`" + value + "`";
    }

    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
