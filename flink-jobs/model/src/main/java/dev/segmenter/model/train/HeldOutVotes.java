// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Votes as evidence for another structure, in two halves by a hash of the user: one places candidates,
 * the other, held out, judges them. Each user counts once, with the latest vote. A vote that winsorising
 * cuts off is no evidence, so that absurd values and bots get no segment of their own.
 *
 * @param votes both halves
 * @param placing points of one half in the frame (n x d)
 * @param judging points of the other half
 */
record HeldOutVotes(List<Vote> votes, double[] placing, double[] judging) {
    /** Any number: which half a user is in must have nothing to do with which votes a sample keeps. */
    private static final long HALVES = 0x9e3779b97f4a7c15L;

    static HeldOutVotes of(Collection<Vote> sample, FeatureSet features, Frame frame) {
        int d = features.dimension();
        List<Vote> votes = new ArrayList<>();
        double[] placing = new double[sample.size() * d];
        double[] judging = new double[sample.size() * d];
        int placed = 0;
        int judged = 0;
        double[] vector = new double[d];
        for (Vote vote : latest(sample)) {
            boolean places = (Hashes.of(vote.userHash(), HALVES) & 1) == 0;
            features.toVector(vote.values(), vector);
            if (frame.cuts(vector)) {
                continue;
            }
            double squares =
                    frame.scale(
                            vector, 0, places ? placing : judging, (places ? placed : judged) * d);
            if (squares > 0 || !frame.cosine()) {
                votes.add(vote);
                placed += places ? 1 : 0;
                judged += places ? 0 : 1;
            }
        }
        return new HeldOutVotes(
                votes, Arrays.copyOf(placing, placed * d), Arrays.copyOf(judging, judged * d));
    }

    /** In the order in which the sample meets the users. */
    private static Collection<Vote> latest(Collection<Vote> sample) {
        Map<Long, Vote> byUser = new LinkedHashMap<>();
        for (Vote vote : sample) {
            byUser.merge(
                    vote.userHash(), vote, (held, next) -> next.time() > held.time() ? next : held);
        }
        return byUser.values();
    }
}
