// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.hdbscan.HdbscanTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Groups of any shape that are denser than what lies between, and the points that belong to none (R. Campello,
 * D. Moulavi, J. Sander, "Density-based clustering based on hierarchical density estimates", PAKDD 2013): HDBSCAN
 * as Tribuo has it.
 *
 * @param labels cluster of each point, 0 and up by falling size, {@link #NOISE} for none
 * @param sizes points of each cluster
 */
public record DensityClusters(int[] labels, int[] sizes) {
    /** Label of a point that belongs to no cluster. */
    public static final int NOISE = -1;

    /** Tribuo's label of such a point. */
    private static final int TRIBUO_NOISE = 0;

    /** Tells of its start and end to standard error otherwise; held here, since loggers are held weakly elsewhere. */
    private static final Logger TRIBUO = Logger.getLogger(HdbscanTrainer.class.getName());

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    /** With the least size of a cluster, and the neighbours that a core distance reaches to. */
    static DensityClusters of(Points points, int minClusterSize, int neighbours) {
        HdbscanTrainer trainer =
                new HdbscanTrainer(
                        minClusterSize,
                        new L2Distance(),
                        neighbours,
                        1,
                        NeighboursQueryFactoryType.KD_TREE);
        return renumbered(trainer.train(dataset(points)).getClusterLabels());
    }

    private static MutableDataset<ClusterID> dataset(Points points) {
        int d = points.d();
        ClusteringFactory factory = new ClusteringFactory();
        MutableDataset<ClusterID> dataset =
                new MutableDataset<>(
                        new SimpleDataSourceProvenance("sample of users", factory), factory);
        // Tribuo orders features by name.
        String[] names = IntStream.range(0, d).mapToObj("f%04d"::formatted).toArray(String[]::new);
        for (int i = 0; i < points.size(); i++) {
            double[] row = Arrays.copyOfRange(points.rows(), i * d, (i + 1) * d);
            dataset.add(new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, row));
        }
        return dataset;
    }

    private static DensityClusters renumbered(List<Integer> labels) {
        int most = labels.stream().mapToInt(Integer::intValue).max().orElse(0);
        int[] sizes = new int[most + 1];
        labels.forEach(label -> sizes[label]++);
        int[] bySize =
                IntStream.rangeClosed(1, most)
                        .filter(label -> sizes[label] > 0)
                        .boxed()
                        .sorted((a, b) -> Integer.compare(sizes[b], sizes[a]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] rank = new int[most + 1];
        Arrays.fill(rank, NOISE);
        for (int r = 0; r < bySize.length; r++) {
            rank[bySize[r]] = r;
        }
        return new DensityClusters(
                labels.stream()
                        .mapToInt(label -> label == TRIBUO_NOISE ? NOISE : rank[label])
                        .toArray(),
                Arrays.stream(bySize).map(label -> sizes[label]).toArray());
    }

    /** Points that belong to no cluster. */
    public int noise() {
        return labels.length - Arrays.stream(sizes).sum();
    }
}
