// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.explain.FeatureWords;
import dev.segmenter.model.explain.SegmentProfile;
import dev.segmenter.model.explain.Trait;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Lineage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds of labels whatever lives, dies, moves and is named by the operator. */
class LabelPropertyTest {
    private static final FeatureSet FEATURES = Votes.features("a", "b", "c");
    private static final int RESERVED = 2;

    @Property(tries = 500)
    void labels_anyLivesAndOwnNames_areUniqueNotBlankAndOfNobodyLatelyDead(@ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Labeller labeller = new Labeller(FEATURES, RESERVED);
        List<Map<Integer, String>> history = new ArrayList<>();
        for (int snapshot = 0; snapshot < 25; snapshot++) {
            int[] live = random.ints(1 + random.nextInt(6), 1, 12).distinct().toArray();
            Map<Integer, String> own = own(random);
            labeller.useLabels(new SegmentLabels(own));
            List<String> labels = labeller.label(live, deviations(live.length, random));
            assertThat(labels).hasSize(live.length).doesNotHaveDuplicates();
            assertThat(labels).allMatch(label -> !label.isBlank());
            Map<Integer, String> now = new TreeMap<>();
            for (int j = 0; j < live.length; j++) {
                now.put(live[j], labels.get(j));
                assertThat(labels.get(j)).isEqualTo(own.getOrDefault(live[j], labels.get(j)));
            }
            requireNoConfusion(history, now, own);
            history.add(now);
            labeller = copy(labeller);
        }
    }

    /** A generated label is not what another segment was called in the last snapshots. */
    private static void requireNoConfusion(
            List<Map<Integer, String>> history,
            Map<Integer, String> now,
            Map<Integer, String> own) {
        for (int back = 1; back <= Math.min(RESERVED, history.size()); back++) {
            Map<Integer, String> before = history.get(history.size() - back);
            now.forEach(
                    (id, label) -> {
                        boolean generated = !own.containsKey(id);
                        before.forEach(
                                (other, former) -> {
                                    if (generated && !other.equals(id)) {
                                        assertThat(label).isNotEqualTo(former);
                                    }
                                });
                    });
        }
    }

    private static Map<Integer, String> own(Random random) {
        Map<Integer, String> own = new HashMap<>();
        String[] names = {"whales", "average users", "high a", "low b, high a"};
        for (String name : names) {
            if (random.nextInt(4) == 0) {
                own.putIfAbsent(1 + random.nextInt(12), name);
            }
        }
        return own;
    }

    private static double[][] deviations(int k, Random random) {
        double[][] deviations = new double[k][FEATURES.dimension()];
        for (double[] segment : deviations) {
            for (int i = 0; i < segment.length; i++) {
                segment[i] = random.nextInt(5) - 2;
            }
        }
        return deviations;
    }

    private static Labeller copy(Labeller labeller) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        labeller.write(new DataOutputStream(bytes));
        Labeller copy = new Labeller(FEATURES, RESERVED);
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }

    /** Far apart along each axis: the label of a birth is the short form of the strongest traits. */
    @Test
    void labels_atBirth_agreeWithTheTraits() {
        double[][] centres = {{0, 0, 0}, {40, 5, 0}, {0, 30, 0}, {0, 0, 20}};
        Trainer trainer = new Trainer(FEATURES, Votes.options(4));
        Votes.around(centres, FEATURES, 1200, 2, 3).forEach(trainer::onVote);
        CentroidSnapshot snapshot = trainer.advanceTo(Votes.START + 2 * Votes.DAY).get(0);

        assertThat(SegmentProfile.of(snapshot, FEATURES))
                .hasSize(4)
                .allSatisfy(
                        profile ->
                                assertThat(profile.label())
                                        .isEqualTo(
                                                String.join(
                                                        ", ",
                                                        profile.traits().stream()
                                                                .limit(2)
                                                                .map(LabelPropertyTest::shortWords)
                                                                .toList())));
    }

    private static String shortWords(Trait trait) {
        return FeatureWords.shortWords(
                FEATURES.features().get(FEATURES.indexOf(trait.feature())), trait.sigmas() > 0);
    }

    @Test
    void useLabels_afterARestore_namesTheNextSnapshot() throws IOException {
        double[][] centres = {{0, 0, 0}, {40, 5, 0}};
        Trainer trainer = new Trainer(FEATURES, Votes.options(2));
        List<Vote> votes = Votes.around(centres, FEATURES, 600, 3, 3);
        votes.stream()
                .filter(v -> v.time() <= Votes.START + 2 * Votes.DAY)
                .forEach(trainer::onVote);
        CentroidSnapshot before = last(trainer.advanceTo(Votes.START + 2 * Votes.DAY));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.write(new DataOutputStream(bytes));

        Trainer restored =
                Trainer.read(
                        FEATURES,
                        Votes.options(2),
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        Map<Integer, String> labels = labels(before);
        int id = before.getCentroids().get(0).getSegmentId();
        labels.put(id, "the quiet");
        restored.useLabels(new SegmentLabels(Map.of(id, "the quiet")));
        votes.stream()
                .filter(v -> v.time() > Votes.START + 2 * Votes.DAY)
                .forEach(restored::onVote);
        CentroidSnapshot after = last(restored.advanceTo(Votes.START + 3 * Votes.DAY));

        assertThat(labels(after)).isEqualTo(labels);
        assertThat(after.getLineage())
                .filteredOn(entry -> entry.getSegmentId() == id)
                .extracting(Lineage::getLabel)
                .containsExactly("the quiet");
    }

    private static Map<Integer, String> labels(CentroidSnapshot snapshot) {
        Map<Integer, String> labels = new TreeMap<>();
        snapshot.getCentroids().forEach(c -> labels.put(c.getSegmentId(), c.getLabel()));
        return labels;
    }

    private static CentroidSnapshot last(List<CentroidSnapshot> snapshots) {
        return snapshots.get(snapshots.size() - 1);
    }
}
