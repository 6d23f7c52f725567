// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Where each segment was, and how wide, at a former moment. */
final class FormerCentroids {
    private final Map<Integer, Place> places = new TreeMap<>();

    /** A centroid (d, transformed units) and a spread, sigmas. */
    private record Place(double[] vector, double spread) {}

    void remember(OnlineKMeans model) {
        places.clear();
        for (int j = 0; j < model.size(); j++) {
            places.put(model.segmentIds()[j], new Place(model.vector(j), model.spread(j)));
        }
    }

    void forget() {
        places.clear();
    }

    /** The former centroids of a model's segments in its frame (k x d); of a newer segment its present one. */
    double[] rows(OnlineKMeans model) {
        Frame frame = model.frame();
        double[] rows = model.scaledCentroids(frame);
        for (int j = 0; j < model.size(); j++) {
            Place place = places.get(model.segmentIds()[j]);
            if (place != null) {
                frame.scale(place.vector(), 0, rows, j * frame.dimension());
            }
        }
        return rows;
    }

    /** The former spreads of a model's segments (k), sigmas; of a newer segment its present one. */
    double[] spreads(OnlineKMeans model) {
        double[] spreads = new double[model.size()];
        for (int j = 0; j < spreads.length; j++) {
            Place place = places.get(model.segmentIds()[j]);
            spreads[j] = place == null ? model.spread(j) : place.spread();
        }
        return spreads;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(places.size());
        for (Map.Entry<Integer, Place> place : places.entrySet()) {
            out.writeInt(place.getKey());
            Doubles.write(place.getValue().vector(), out);
            out.writeDouble(place.getValue().spread());
        }
    }

    static FormerCentroids read(DataInput in) throws IOException {
        FormerCentroids former = new FormerCentroids();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            int id = in.readInt();
            former.places.put(id, new Place(Doubles.read(in), in.readDouble()));
        }
        return former;
    }
}
