// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is declared and whatever the model says, sentences stay readable. */
class WordsPropertyTest {
    private static final String[] TYPES = {"view", "cart", "purchase", "cancel", "level_up"};

    @Property(tries = 500)
    void sentences_anyFeaturesAndSnapshots_areReadable(@ForAll long seed) {
        Random random = new Random(seed);
        FeatureSet features = features(random);
        CentroidSnapshot parent = snapshot(1, features, random);
        CentroidSnapshot next = snapshot(2, features, random);
        List<String> sentences = new ArrayList<>();
        SegmentProfile.of(parent, features).forEach(p -> sentences.add(p.sentence()));
        SegmentProfile.of(parent, features)
                .forEach(p -> p.traits().forEach(t -> sentences.add(t.words())));
        sentences.addAll(ModelDifference.between(parent, next, features).statements());
        FeatureWords words = new FeatureWords(features);
        for (FeatureSpec feature : features.features()) {
            sentences.add(words.title(feature));
            sentences.add(words.amount(feature, value(random)));
            sentences.add(words.movement(feature.name(), value(random), value(random)));
        }

        assertThat(sentences)
                .allSatisfy(
                        sentence ->
                                assertThat(sentence)
                                        .isNotBlank()
                                        .doesNotContain("NaN", "Infinity", "null", "  ")
                                        .doesNotContainPattern("\\dE-?\\d"));
    }

    private static FeatureSet features(Random random) {
        List<FeatureSpec> features = new ArrayList<>();
        int counts = 2 + random.nextInt(3);
        for (int i = 0; i < counts; i++) {
            features.add(plain("plain" + i, random));
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String over = features.get(random.nextInt(counts)).name();
            String under = features.get(random.nextInt(counts)).name();
            features.add(Specs.ratio("ratio" + i, over, under));
        }
        for (int i = 1; i < features.size(); i++) {
            if (random.nextInt(3) == 0) {
                features.set(i, Specs.reported(features.get(i)));
            }
            if (random.nextInt(3) == 0) {
                features.set(i, Specs.worded(features.get(i), "the high", "the low"));
            }
        }
        return FeatureSet.of(features);
    }

    private static FeatureSpec plain(String name, Random random) {
        int days = 1 + random.nextInt(90);
        String[] types = new String[random.nextInt(3)];
        int first = random.nextInt(TYPES.length);
        for (int i = 0; i < types.length; i++) {
            types[i] = TYPES[(first + i) % TYPES.length];
        }
        return switch (random.nextInt(5)) {
            case 0 -> Specs.count(name, days, types);
            case 1 -> Specs.sum(name, days, types);
            case 2 -> Specs.distinct(name, EventField.ITEM, days, types);
            case 3 -> Specs.sessions(name, days);
            default -> Specs.recency(name, types);
        };
    }

    private static CentroidSnapshot snapshot(long version, FeatureSet features, Random random) {
        Centroid[] centroids = new Centroid[1 + random.nextInt(5)];
        for (int j = 0; j < centroids.length; j++) {
            double[] values = new double[features.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(random);
            }
            double weight = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 1000;
            int id = 1 + j + random.nextInt(2) * 10;
            centroids[j] = Snapshots.segment(features, id, "label " + j, weight, values);
            if (random.nextInt(4) == 0) {
                centroids[j].getProfile().clear();
            }
        }
        return Snapshots.version(version, features, centroids);
    }

    /** Nothing, little, much, and more than anybody ever does. */
    private static double value(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextDouble() * 1e-9;
            case 2 -> random.nextDouble() * 3;
            case 3 -> random.nextInt(100_000);
            default -> random.nextDouble() * 1e300;
        };
    }
}
