// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What sets one segment apart from the population.
 *
 * @param share of the segment's votes in all, 0 to 1
 * @param traits clustered features beyond {@value Population#NOTABLE_SIGMAS} sigma, strongest first; then
 *     those reported only whose mean is a factor of {@value #NOTABLE_FACTOR} from the population's,
 *     recency first
 */
public record SegmentProfile(int segmentId, String label, double share, List<Trait> traits) {
    private static final String UNREMARKABLE = "close to the average in everything";
    private static final Set<FeatureKind> COUNTED =
            EnumSet.of(FeatureKind.COUNT, FeatureKind.DISTINCT, FeatureKind.SESSIONS);
    private static final int CLUSTERED_IN_SENTENCE = 3;
    private static final int REPORTED_IN_SENTENCE = 1;

    /** Means of a reported feature are worth a word from this factor on. */
    private static final double NOTABLE_FACTOR = 1.5;

    /** Smaller means of what is counted are too few events to build a word on. */
    private static final double LEAST_COUNT = 1;

    public SegmentProfile {
        traits = List.copyOf(traits);
    }

    /** Every segment of a snapshot in its order; the feature set gives units, words and windows. */
    public static List<SegmentProfile> of(CentroidSnapshot snapshot, FeatureSet features) {
        Population population = new Population(snapshot, features);
        FeatureWords words = new FeatureWords(features);
        List<SegmentProfile> profiles = new ArrayList<>();
        for (int slot = 0; slot < snapshot.getCentroids().size(); slot++) {
            Centroid centroid = snapshot.getCentroids().get(slot);
            profiles.add(
                    new SegmentProfile(
                            centroid.getSegmentId(),
                            centroid.getLabel(),
                            population.share(slot),
                            traits(slot, population, features, words)));
        }
        return profiles;
    }

    /** The strongest traits in words; for example buys often, 3.1 purchases in 30 days against 0.4 overall; silent for 2 days against 9. */
    public String sentence() {
        return String.join("; ", clauses());
    }

    /** The parts of the sentence, never none: the three strongest clustered traits and one reported. */
    public List<String> clauses() {
        if (traits.isEmpty()) {
            return List.of(UNREMARKABLE);
        }
        Stream<Trait> clustered = traits.stream().filter(t -> t.sigmas() != 0);
        Stream<Trait> reported = traits.stream().filter(t -> t.sigmas() == 0);
        return Stream.concat(
                        clustered.limit(CLUSTERED_IN_SENTENCE),
                        reported.limit(REPORTED_IN_SENTENCE))
                .map(Trait::words)
                .toList();
    }

    private static List<Trait> traits(
            int slot, Population population, FeatureSet features, FeatureWords words) {
        double[] deviations = population.deviations(slot);
        List<Trait> wordless = new ArrayList<>();
        IntStream.range(0, deviations.length)
                .boxed()
                .filter(i -> Math.abs(deviations[i]) > Population.NOTABLE_SIGMAS)
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(deviations[i])))
                .map(i -> trait(slot, population, features.clusteredFeature(i), deviations[i]))
                .forEach(wordless::add);
        features.features().stream()
                .filter(feature -> !feature.clustered())
                .filter(f -> isNotable(f, population.value(slot, f), population.value(f)))
                .sorted(Comparator.comparing(f -> f.kind() != FeatureKind.RECENCY))
                .map(feature -> trait(slot, population, feature, 0))
                .forEach(wordless::add);
        return worded(wordless, features, words);
    }

    private static Trait trait(
            int slot, Population population, FeatureSpec feature, double deviation) {
        return new Trait(
                feature.name(),
                population.value(slot, feature),
                population.value(feature),
                deviation,
                "");
    }

    private static boolean isNotable(FeatureSpec feature, double value, double population) {
        double greater = Math.max(value, population);
        double lesser = Math.min(value, population);
        return greater < Double.POSITIVE_INFINITY
                && lesser >= 0
                && greater >= NOTABLE_FACTOR * lesser
                && greater > 0
                && (greater >= LEAST_COUNT || !COUNTED.contains(feature.kind()));
    }

    /** The first trait says against what; a verb phrase is said once, and of clustered features only. */
    private static List<Trait> worded(List<Trait> traits, FeatureSet features, FeatureWords words) {
        Set<String> said = new HashSet<>();
        List<Trait> worded = new ArrayList<>();
        for (Trait trait : traits) {
            FeatureSpec feature = features.features().get(features.indexOf(trait.feature()));
            String lead =
                    feature.clustered()
                            ? words.lead(feature, trait.value() > trait.population())
                            : null;
            String clause =
                    words.comparison(
                            feature,
                            trait.value(),
                            trait.population(),
                            lead != null && said.add(lead) ? lead : null);
            worded.add(
                    new Trait(
                            trait.feature(),
                            trait.value(),
                            trait.population(),
                            trait.sigmas(),
                            worded.isEmpty() ? clause + " overall" : clause));
        }
        return worded;
    }
}
