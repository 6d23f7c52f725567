// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How far the segments that two versions have in common have moved. */
final class CentroidShift {
    private CentroidShift() {}

    /**
     * Root mean square over the weights, in the later version's frame and spreads; segments without
     * spread are left out. Empty if the versions have other features or no such segment in common.
     */
    static OptionalDouble between(CentroidSnapshot before, CentroidSnapshot after) {
        if (before == null || before.getFingerprint() != after.getFingerprint()) {
            return OptionalDouble.empty();
        }
        Map<Integer, Centroid> former = new HashMap<>();
        before.getCentroids().forEach(c -> former.put(c.getSegmentId(), c));
        Frame frame = Frame.of(after);
        double weights = 0;
        double sum = 0;
        for (Centroid now : after.getCentroids()) {
            Centroid then = former.get(now.getSegmentId());
            double squaredSpread = now.getSpread() * now.getSpread();
            if (then != null && squaredSpread > 0) {
                sum += now.getWeight() * squaredDistance(then, now, frame) / squaredSpread;
                weights += now.getWeight();
            }
        }
        return weights > 0 ? OptionalDouble.of(Math.sqrt(sum / weights)) : OptionalDouble.empty();
    }

    private static double squaredDistance(Centroid then, Centroid now, Frame frame) {
        return Distances.squared(framed(then, frame), 0, framed(now, frame), 0, frame.dimension());
    }

    private static double[] framed(Centroid centroid, Frame frame) {
        double[] vector = centroid.getVector().stream().mapToDouble(Double::doubleValue).toArray();
        frame.scale(vector, 0, vector, 0);
        return vector;
    }
}
