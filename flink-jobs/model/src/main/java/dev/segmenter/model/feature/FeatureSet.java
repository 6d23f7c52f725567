// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import dev.segmenter.model.Hashes;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The declared features in order: n in all, d of them clustered. Immutable. */
public final class FeatureSet implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Index of an event type that no feature names. */
    public static final int OTHER_TYPE = -1;

    private final List<FeatureSpec> features;
    private final int[] clustered;
    private final List<String> eventTypes;
    private final Map<String, Integer> typeIndex = new HashMap<>();
    private final long fingerprint;

    private FeatureSet(List<FeatureSpec> features) {
        this.features = List.copyOf(features);
        this.clustered =
                IntStream.range(0, features.size())
                        .filter(i -> features.get(i).clustered())
                        .toArray();
        TreeSet<String> types = new TreeSet<>();
        features.forEach(f -> types.addAll(f.types()));
        this.eventTypes = List.copyOf(types);
        for (int i = 0; i < eventTypes.size(); i++) {
            typeIndex.put(eventTypes.get(i), i);
        }
        StringBuilder canonical = new StringBuilder();
        features.forEach(
                f ->
                        canonical
                                .append(f.name())
                                .append('|')
                                .append(f.definition())
                                .append('|')
                                .append(f.transform())
                                .append('|')
                                .append(f.clustered())
                                .append('\n'));
        this.fingerprint = Hashes.of(canonical.toString());
    }

    /** Refuses an empty set, two features of one name, an unknown or circular ratio, nothing clustered. */
    public static FeatureSet of(List<FeatureSpec> features) {
        Map<String, FeatureSpec> byName = new LinkedHashMap<>();
        for (FeatureSpec feature : features) {
            if (byName.put(feature.name(), feature) != null) {
                throw new IllegalArgumentException(
                        "features: two features are named '" + feature.name() + "'; rename one");
            }
        }
        for (FeatureSpec feature : features) {
            if (feature.kind() == FeatureKind.RATIO) {
                requireOperand(byName, feature, "numerator", feature.numerator());
                requireOperand(byName, feature, "denominator", feature.denominator());
            }
        }
        if (features.stream().noneMatch(FeatureSpec::clustered)) {
            throw new IllegalArgumentException(
                    "features: none has cluster: true; at least one must take part in distances");
        }
        return new FeatureSet(features);
    }

    private static void requireOperand(
            Map<String, FeatureSpec> byName, FeatureSpec ratio, String key, String operand) {
        FeatureSpec other = byName.get(operand);
        if (other == null) {
            throw new IllegalArgumentException(
                    "features["
                            + ratio.name()
                            + "]."
                            + key
                            + ": '"
                            + operand
                            + "' is no declared feature; declare it (cluster: false if it shall not take part)");
        }
        if (other.kind() == FeatureKind.RATIO) {
            throw new IllegalArgumentException(
                    "features["
                            + ratio.name()
                            + "]."
                            + key
                            + ": '"
                            + operand
                            + "' is itself a ratio; use counts, sums, distincts, sessions or recency");
        }
    }

    public List<FeatureSpec> features() {
        return features;
    }

    /** n, the number of declared features. */
    public int size() {
        return features.size();
    }

    /** d, the number of clustered features. */
    public int dimension() {
        return clustered.length;
    }

    /** Position in {@link #features()} of the i-th clustered feature. */
    public int clusteredIndex(int i) {
        return clustered[i];
    }

    /** The i-th clustered feature. */
    public FeatureSpec clusteredFeature(int i) {
        return features.get(clustered[i]);
    }

    /** Event types that some feature names, sorted. */
    public List<String> eventTypes() {
        return eventTypes;
    }

    /** Position in {@link #eventTypes()}, or {@link #OTHER_TYPE}. */
    public int typeIndex(String eventType) {
        Integer index = typeIndex.get(eventType);
        return index == null ? OTHER_TYPE : index;
    }

    /** Changes with any name, definition, transform, order or choice of clustered features. */
    public long fingerprint() {
        return fingerprint;
    }

    /** Position of a feature by name. */
    public int indexOf(String name) {
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no feature is named '" + name + "'");
    }

    /** Longest window among the clustered features, ratios by their operands; zero if all are recencies. */
    public Duration largestClusteredWindow() {
        Duration largest = Duration.ZERO;
        for (int i : clustered) {
            FeatureSpec feature = features.get(i);
            if (feature.kind() == FeatureKind.RATIO) {
                largest = max(largest, features.get(indexOf(feature.numerator())).window());
                largest = max(largest, features.get(indexOf(feature.denominator())).window());
            } else {
                largest = max(largest, feature.window());
            }
        }
        return largest;
    }

    /** Transforms values (n, own units) into a vector (d, centroid units) without allocating. */
    public void toVector(double[] values, double[] vector) {
        for (int i = 0; i < clustered.length; i++) {
            vector[i] = features.get(clustered[i]).transform().apply(values[clustered[i]]);
        }
    }

    private static Duration max(Duration a, Duration b) {
        return b == null || a.compareTo(b) >= 0 ? a : b;
    }
}
