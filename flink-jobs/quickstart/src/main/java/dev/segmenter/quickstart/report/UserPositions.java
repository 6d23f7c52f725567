// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.Hashes;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where members stood at their last explained move, for a bounded sample of them: those of the smallest
 * hashes (bottom-k sampling), so that the choice depends neither on order nor on chance. All members
 * come before the first change.
 */
final class UserPositions {
    private final int capacity;
    private final TreeMap<Long, Candidate> byHash = new TreeMap<>();

    UserPositions(int capacity) {
        this.capacity = capacity;
    }

    void member(String userId, int segmentId) {
        byHash.put(Hashes.of(userId), new Candidate(segmentId));
        if (byHash.size() > capacity) {
            byHash.pollLastEntry();
        }
    }

    /** Notes a sampled user's values from a change that carries them; who left begins anew. */
    void change(SegmentChange change) {
        Candidate candidate = byHash.get(Hashes.of(change.getUserId()));
        if (candidate != null && change.getSegmentId() == null) {
            candidate.values = Map.of();
        } else if (candidate != null && !change.getContributions().isEmpty()) {
            candidate.values = values(change);
        }
    }

    /** Sampled members whose values of all these features are known, at most so many. */
    List<Position> positions(List<String> features, int most) {
        List<Position> positions = new ArrayList<>();
        for (Candidate candidate : byHash.values()) {
            if (positions.size() < most && candidate.values.keySet().containsAll(features)) {
                double[] ordered = features.stream().mapToDouble(candidate.values::get).toArray();
                positions.add(new Position(candidate.segmentId, ordered));
            }
        }
        return positions;
    }

    private static Map<String, Double> values(SegmentChange change) {
        Map<String, Double> values = new HashMap<>();
        for (Contribution contribution : change.getContributions()) {
            values.put(contribution.getFeature(), contribution.getValue());
        }
        return values;
    }

    /**
     * One user's place.
     *
     * @param segmentId segment at the end
     * @param values of the features asked for, in their own units
     */
    record Position(int segmentId, double[] values) {}

    private static final class Candidate {
        private final int segmentId;
        private Map<String, Double> values = Map.of();

        private Candidate(int segmentId) {
            this.segmentId = segmentId;
        }
    }
}
