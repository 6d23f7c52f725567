// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.explain.ModelDifference.CentroidMove;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds and words the differences of two versions of the model. */
final class SnapshotComparison {
    /** Moves of a centroid by a smaller share of its spread are not worth a statement. */
    private static final double NOTABLE_SPREADS = 0.1;

    private static final double NOTABLE_SHARE = 0.01;
    private static final double NOTABLE_RELABELLED = 0.01;
    private static final int FEATURES_A_MOVE = 2;

    private final CentroidSnapshot parent;
    private final CentroidSnapshot next;
    private final FeatureSet features;
    private final FeatureWords words;
    private final Population populationBefore;
    private final Population populationNow;
    private final Map<Integer, Centroid> before;
    private final Map<Integer, Centroid> now;
    private final List<String> statements = new ArrayList<>();

    /** The parent is null for the first version. */
    SnapshotComparison(CentroidSnapshot parent, CentroidSnapshot next, FeatureSet features) {
        this.parent = parent;
        this.next = next;
        this.features = features;
        this.words = new FeatureWords(features);
        this.populationBefore = parent == null ? null : new Population(parent, features);
        this.populationNow = new Population(next, features);
        this.before = parent == null ? Map.of() : byId(parent);
        this.now = byId(next);
    }

    private static Map<Integer, Centroid> byId(CentroidSnapshot snapshot) {
        return snapshot.getCentroids().stream()
                .collect(
                        Collectors.toMap(
                                Centroid::getSegmentId,
                                Function.identity(),
                                (first, second) -> first,
                                TreeMap::new));
    }

    ModelDifference difference() {
        List<CentroidMove> moves = parent == null ? List.of() : moves();
        if (parent == null) {
            statements.add("the first model, of " + plural(now.size(), "segment"));
        } else {
            tellFates();
            tellWordings();
            moves.stream()
                    .sorted(Comparator.comparingDouble(move -> -move.spreads()))
                    .forEach(this::tellMove);
            tellFrame();
            tellDrift();
        }
        return new ModelDifference(
                parent == null ? 0 : parent.getVersion(),
                next.getVersion(),
                statements.isEmpty() ? ModelDifference.NOTHING : statements,
                now.keySet().stream().filter(id -> !before.containsKey(id)).toList(),
                before.keySet().stream().filter(id -> !now.containsKey(id)).toList(),
                moves,
                parent != null && next.getRescaled(),
                parent == null ? 0 : next.getRelabelled());
    }

    private void tellDrift() {
        Instant earlier = parent.getDrift().getSince();
        Instant later = next.getDrift().getSince();
        if (later != null && !later.equals(earlier)) {
            statements.add("behaviour has begun to drift: centroids follow faster for a while");
        } else if (later == null && earlier != null) {
            statements.add("the drift alarm is over: centroids move at their usual pace");
        }
    }

    private boolean adjacent() {
        return parent.getModelId().equals(next.getParentId());
    }

    private void tellFates() {
        Map<Integer, Lineage> lineage = new TreeMap<>();
        if (adjacent()) {
            next.getLineage().forEach(entry -> lineage.put(entry.getSegmentId(), entry));
        }
        for (Centroid centroid : before.values()) {
            Lineage entry = lineage.get(centroid.getSegmentId());
            if (!now.containsKey(centroid.getSegmentId())) {
                statements.add(name(centroid) + " " + end(entry));
            }
        }
        for (Centroid centroid : now.values()) {
            Lineage entry = lineage.get(centroid.getSegmentId());
            boolean born = !before.containsKey(centroid.getSegmentId());
            if (born || isMerged(entry)) {
                statements.add(name(centroid) + " " + beginning(entry) + shareNow(centroid));
            }
        }
    }

    private static boolean isMerged(Lineage entry) {
        return entry != null && entry.getFate() == Fate.MERGED && !entry.getParents().isEmpty();
    }

    private String end(Lineage entry) {
        return isMerged(entry) ? "was merged" : "died";
    }

    private String beginning(Lineage entry) {
        if (entry == null || entry.getParents().isEmpty()) {
            return "was born";
        }
        String parents =
                entry.getParents().stream()
                        .filter(id -> !id.equals(entry.getSegmentId()))
                        .map(id -> before.containsKey(id) ? name(before.get(id)) : "segment " + id)
                        .collect(Collectors.joining(" and "));
        return switch (entry.getFate()) {
            case SPLIT -> "split off from " + parents;
            case MERGED ->
                    before.containsKey(entry.getSegmentId())
                            ? "took in " + parents
                            : "is the merger of " + parents;
            default -> "was born";
        };
    }

    private String shareNow(Centroid centroid) {
        return " with "
                + Numbers.percent(populationNow.share(next.getCentroids().indexOf(centroid)))
                + " of the users";
    }

    private void tellWordings() {
        for (Centroid centroid : now.values()) {
            Centroid former = before.get(centroid.getSegmentId());
            if (former != null && !former.getLabel().equals(centroid.getLabel())) {
                statements.add(name(former) + " is now called " + centroid.getLabel());
            }
        }
    }

    private List<CentroidMove> moves() {
        List<CentroidMove> moves = new ArrayList<>();
        for (Integer id : now.keySet()) {
            if (before.containsKey(id)) {
                moves.add(
                        new CentroidMove(
                                id,
                                spreads(id),
                                populationBefore.share(
                                        parent.getCentroids().indexOf(before.get(id))),
                                populationNow.share(next.getCentroids().indexOf(now.get(id)))));
            }
        }
        return moves;
    }

    /** 0 where the versions do not share their features or the segment has no spread. */
    private double spreads(int id) {
        double spread = before.get(id).getSpread();
        if (!sameFeatures() || !(spread > 0)) {
            return 0;
        }
        CentroidModel model = CentroidModel.of(next);
        double[] framed = new double[model.dimension()];
        for (int i = 0; i < framed.length; i++) {
            framed[i] = before.get(id).getVector().get(i);
        }
        model.toFrame(framed, framed);
        return Math.sqrt(model.distanceSquared(framed, model.slotOf(id))) / spread;
    }

    private boolean sameFeatures() {
        return parent.getFeatureNames().equals(next.getFeatureNames());
    }

    private void tellMove(CentroidMove move) {
        List<String> told = new ArrayList<>();
        if (move.spreads() >= NOTABLE_SPREADS) {
            told.add("moved by " + Numbers.of(move.spreads()) + " of its spread" + inUnits(move));
        }
        if (Math.abs(move.shareNow() - move.shareBefore()) >= NOTABLE_SHARE) {
            told.add(
                    (move.shareNow() > move.shareBefore() ? "grew from " : "shrank from ")
                            + Numbers.percent(move.shareBefore())
                            + " to "
                            + Numbers.percent(move.shareNow())
                            + " of the users");
        }
        if (!told.isEmpty()) {
            statements.add(name(now.get(move.segmentId())) + " " + String.join("; it ", told));
        }
    }

    /** The features that the centroid moved along most, in own units. */
    private String inUnits(CentroidMove move) {
        Centroid former = before.get(move.segmentId());
        Centroid latter = now.get(move.segmentId());
        String told =
                IntStream.range(0, features.dimension())
                        .boxed()
                        .filter(i -> step(former, latter, i) > 0)
                        .sorted(Comparator.comparingDouble(i -> -step(former, latter, i)))
                        .limit(FEATURES_A_MOVE)
                        .map(i -> movement(former, latter, features.clusteredFeature(i)))
                        .collect(Collectors.joining(", "));
        return told.isEmpty() ? "" : ": " + told;
    }

    /** Distance along one clustered feature in sigmas, 0 where it is inactive or missing. */
    private double step(Centroid former, Centroid latter, int i) {
        int column = column(features.clusteredFeature(i));
        double sigma = column < 0 ? 0 : next.getSigma().get(column);
        return sigma > 0
                ? Math.abs(latter.getVector().get(column) - former.getVector().get(column)) / sigma
                : 0;
    }

    private String movement(Centroid former, Centroid latter, FeatureSpec feature) {
        return words.movement(
                feature.name(),
                populationBefore.value(parent.getCentroids().indexOf(former), feature),
                populationNow.value(next.getCentroids().indexOf(latter), feature));
    }

    private int column(FeatureSpec feature) {
        return next.getFeatureNames().indexOf(feature.name());
    }

    private void tellFrame() {
        if (!sameFeatures()) {
            statements.add(
                    "the features changed from "
                            + String.join(", ", parent.getFeatureNames())
                            + " to "
                            + String.join(", ", next.getFeatureNames()));
        }
        if (next.getRescaled()) {
            statements.add(
                    "distances are measured in new sigmas, which alone moves "
                            + Numbers.percent(next.getRescaleRelabelled())
                            + " of the users");
        }
        if (parent.getWarming() && !next.getWarming()) {
            statements.add("the largest window is full, warming is over");
        }
        if (next.getRelabelled() >= NOTABLE_RELABELLED) {
            statements.add(
                    Numbers.percent(next.getRelabelled())
                            + " of the users are nearest to another segment than before");
        }
    }

    private static String plural(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** For example segment 4 (big spenders). */
    private static String name(Centroid centroid) {
        return "segment " + centroid.getSegmentId() + " (" + centroid.getLabel() + ")";
    }
}
