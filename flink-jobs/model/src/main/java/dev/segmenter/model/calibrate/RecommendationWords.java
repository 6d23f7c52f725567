// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts the figures into words: what speaks for the recommended K, and what against it. */
final class RecommendationWords {
    /** Share of the users that a density clustering leaves outside without being worth a word. */
    private static final double USUAL_NOISE = 0.3;

    /** A cluster below this share of the users is small. */
    private static final double SMALL_SHARE = 0.02;

    /** Starts that end this much above the best inertia have missed it. */
    private static final double SAME_SSE = 0.01;

    private static final double AGREEMENT = 0.7;

    private final List<KFigures> byK;
    private final KFigures chosen;
    private final Integer elbow;
    private final int daviesBouldin;
    private final TreeFigures tree;
    private final DensityFigures density;
    private final List<String> evidence = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();

    RecommendationWords(
            List<KFigures> byK,
            KFigures chosen,
            Integer elbow,
            int daviesBouldin,
            TreeFigures tree,
            DensityFigures density) {
        this.byK = byK;
        this.chosen = chosen;
        this.elbow = elbow;
        this.daviesBouldin = daviesBouldin;
        this.tree = tree;
        this.density = density;
    }

    Recommendation write() {
        Structure structure = Structure.of(chosen);
        silhouette();
        ties(structure);
        stability();
        elbow();
        others();
        density();
        cautions();
        return new Recommendation(
                chosen.k(), structure, sentence(structure), evidence, contradictions);
    }

    private String sentence(Structure structure) {
        return switch (structure) {
            case CLEAR ->
                    format(
                            "Use K = %d: the users fall into %<d groups that come out again from other samples.",
                            chosen.k());
            case WEAK ->
                    format(
                            "Use K = %d if you need segments, but the structure is weak: the groups run into each"
                                    + " other.",
                            chosen.k());
            case NONE ->
                    format(
                            "There is no clear structure: any K only cuts up one cloud of users. K = %d gives the"
                                    + " cut that comes out most alike from sample to sample; other features may"
                                    + " tell users apart.",
                            chosen.k());
        };
    }

    private void silhouette() {
        String words =
                format(
                        "The silhouette at K = %d is %.2f; on users without groups k-means reaches %.2f.",
                        chosen.k(), chosen.silhouette(), chosen.referenceSilhouette());
        (chosen.excess() >= Structure.WEAK_EXCESS ? evidence : contradictions).add(words);
        KFigures greatest =
                byK.stream().max(Comparator.comparingDouble(KFigures::silhouette)).orElseThrow();
        if (greatest.k() != chosen.k()) {
            contradictions.add(
                    format(
                            "The silhouette by itself is greatest at K = %d (%.2f, %.2f without groups).",
                            greatest.k(), greatest.silhouette(), greatest.referenceSilhouette()));
        }
    }

    /** Others that would do, and others that are farther above users without groups but not stable. */
    private void ties(Structure structure) {
        if (structure == Structure.NONE) {
            return;
        }
        List<KFigures> candidates = KChoice.candidates(byK);
        double least = KChoice.leader(candidates).excess() - KChoice.TIE;
        list("Nearly as good: ", f -> candidates.contains(f) && f.excess() >= least);
        list(
                "Farther above users without groups, but not the same from sample to sample: ",
                f -> !candidates.contains(f) && f.excess() > chosen.excess() + KChoice.TIE);
    }

    private void list(String words, Predicate<KFigures> wanted) {
        String others =
                byK.stream()
                        .filter(f -> f.k() != chosen.k() && wanted.test(f))
                        .map(
                                f ->
                                        format(
                                                "K = %d (silhouette %.2f, stability %.2f)",
                                                f.k(), f.silhouette(), f.stability()))
                        .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            contradictions.add(words + others + ".");
        }
    }

    private void stability() {
        String words =
                format(
                        "Other samples of the users give the same groups to %.2f (mean adjusted Rand index of"
                                + " bootstraps, 1 for the same).",
                        chosen.stability());
        boolean stable = chosen.stability() >= Structure.CLEAR_STABILITY;
        (stable ? evidence : contradictions).add(words);
    }

    private void elbow() {
        if (elbow == null) {
            contradictions.add(
                    "The inertia has no elbow: each further cluster helps about as much.");
        } else {
            add(elbow, format("The elbow of the inertia is at K = %d.", elbow));
        }
        add(daviesBouldin, format("The Davies-Bouldin index is least at K = %d.", daviesBouldin));
    }

    private void others() {
        add(
                tree.k(),
                format("Ward's tree has its longest branch where it is cut into %d.", tree.k()));
        String words =
                format(
                        "Cut into as many clusters as the model has, the tree agrees with it to %.2f (adjusted"
                                + " Rand index).",
                        tree.agreement());
        (tree.agreement() >= AGREEMENT ? evidence : contradictions).add(words);
    }

    private void density() {
        int found = density.sizes().size();
        String words =
                format(
                        "By density there are %d groups of at least %d users, and %.0f %% of the users in none%s.",
                        found,
                        density.minClusterSize(),
                        100 * density.noiseShare(),
                        density.agreement() == null
                                ? ""
                                : format(
                                        "; within the groups it agrees with the model to %.2f",
                                        density.agreement()));
        boolean islands =
                found == chosen.k()
                        && density.noiseShare() < USUAL_NOISE
                        && density.agreement() >= AGREEMENT;
        (islands ? evidence : contradictions).add(words);
    }

    private void cautions() {
        int users = chosen.sizes().stream().mapToInt(Integer::intValue).sum();
        int smallest = chosen.sizes().get(chosen.sizes().size() - 1);
        if (smallest < SMALL_SHARE * users) {
            contradictions.add(
                    format(
                            "The smallest group has %,d of the %,d users of the sample; look whether it is of use.",
                            smallest, users));
        }
        long reached =
                chosen.sseBySeed().stream()
                        .filter(sse -> sse <= chosen.sse() * (1 + SAME_SSE))
                        .count();
        if (2 * reached < chosen.sseBySeed().size()) {
            contradictions.add(
                    format(
                            "Only %d of %d starts come within 1 %% of the best inertia: keep model.restarts high.",
                            reached, chosen.sseBySeed().size()));
        }
        if (byK.size() > 1 && chosen.k() == byK.get(byK.size() - 1).k()) {
            contradictions.add(
                    format(
                            "K = %d is the greatest tried: raise calibrate.max-k and look again.",
                            chosen.k()));
        }
    }

    private void add(int k, String words) {
        (k == chosen.k() ? evidence : contradictions).add(words);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
