// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where each feature of now was in the feature set that a state was written under.
 *
 * @param declared position among all features (n entries), -1 for a new one; kept by name and definition
 * @param clustered position among the clustered features (d entries), -1 for a new one; kept by name,
 *     definition and transform
 */
record FeatureMapping(int[] declared, int[] clustered) {

    /** Writes what a later mapping needs to know of a feature set. */
    static void write(FeatureSet features, DataOutput out) throws IOException {
        writeAll(features.features().stream().map(FeatureMapping::meaning).toList(), out);
        writeAll(clusteredUnits(features), out);
    }

    /** The mapping from the written feature set to the one of now. */
    static FeatureMapping read(FeatureSet features, DataInput in) throws IOException {
        List<String> declared = readAll(in);
        List<String> clustered = readAll(in);
        return new FeatureMapping(
                features.features().stream()
                        .mapToInt(feature -> declared.indexOf(meaning(feature)))
                        .toArray(),
                clusteredUnits(features).stream().mapToInt(clustered::indexOf).toArray());
    }

    /** Whether any clustered feature is kept. */
    boolean keepsAny() {
        return Arrays.stream(clustered).anyMatch(i -> i >= 0);
    }

    Frame apply(Frame written) {
        double[] mean = new double[clustered.length];
        double[] sigma = new double[clustered.length];
        for (int i = 0; i < clustered.length; i++) {
            if (clustered[i] >= 0) {
                mean[i] = written.mean()[clustered[i]];
                sigma[i] = written.sigma()[clustered[i]];
            }
        }
        return new Frame(mean, sigma, written.cosine());
    }

    private static List<String> clusteredUnits(FeatureSet features) {
        return IntStream.range(0, features.dimension())
                .mapToObj(features::clusteredFeature)
                .map(feature -> meaning(feature) + "|" + feature.transform())
                .toList();
    }

    private static String meaning(FeatureSpec feature) {
        return feature.name() + "|" + feature.definition();
    }

    private static void writeAll(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readAll(DataInput in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
