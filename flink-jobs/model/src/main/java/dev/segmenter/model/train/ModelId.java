// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of what a model is, not of when it was made: measure, fingerprint, features with their
 * transforms, mean and sigma, and each centroid's id, label and vector. Equal models have equal ids.
 */
final class ModelId {
    private ModelId() {}

    /** SHA-256 in lower-case hex. */
    static String of(CentroidSnapshot snapshot) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            write(snapshot, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(CentroidSnapshot snapshot, DataOutputStream out) throws IOException {
        out.writeUTF(snapshot.getMeasure());
        out.writeLong(snapshot.getFingerprint());
        out.writeInt(snapshot.getFeatureNames().size());
        for (int i = 0; i < snapshot.getFeatureNames().size(); i++) {
            out.writeUTF(snapshot.getFeatureNames().get(i));
            out.writeUTF(snapshot.getTransforms().get(i));
        }
        writeAll(snapshot.getMean(), out);
        writeAll(snapshot.getSigma(), out);
        out.writeInt(snapshot.getCentroids().size());
        for (Centroid centroid : snapshot.getCentroids()) {
            out.writeInt(centroid.getSegmentId());
            out.writeUTF(centroid.getLabel());
            writeAll(centroid.getVector(), out);
        }
    }

    private static void writeAll(List<Double> values, DataOutputStream out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }
}
