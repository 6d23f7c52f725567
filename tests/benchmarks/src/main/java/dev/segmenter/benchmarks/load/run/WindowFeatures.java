// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * The features over windows of one length, aggregated as events come (AggregateFunction), so that a
 * window keeps one accumulator and not its events.
 */
final class WindowFeatures implements AggregateFunction<ShopEvent, WindowTotals, double[]> {
    private static final long serialVersionUID = 1L;

    private final List<FeatureSpec> specs;
    private final int[] positions;

    private WindowFeatures(List<FeatureSpec> specs, int[] positions) {
        this.specs = specs;
        this.positions = positions;
    }

    /** Lengths of windows in a set, ascending. */
    static List<Duration> windows(FeatureSet set) {
        TreeSet<Duration> windows = new TreeSet<>();
        for (FeatureSpec spec : set.features()) {
            if (spec.window() != null) {
                windows.add(spec.window());
            }
        }
        return List.copyOf(windows);
    }

    /** Features of a set over windows of this length: the sessions alone, or all others. */
    static WindowFeatures of(FeatureSet set, Duration window, boolean sessions) {
        int[] positions =
                IntStream.range(0, set.size())
                        .filter(i -> window.equals(set.features().get(i).window()))
                        .filter(i -> isSessions(set.features().get(i)) == sessions)
                        .toArray();
        List<FeatureSpec> specs =
                Arrays.stream(positions).mapToObj(i -> set.features().get(i)).toList();
        return new WindowFeatures(specs, positions);
    }

    private static boolean isSessions(FeatureSpec spec) {
        return spec.kind() == FeatureKind.SESSIONS;
    }

    boolean isEmpty() {
        return specs.isEmpty();
    }

    /** Positions of the values in the set. */
    int[] positions() {
        return positions;
    }

    @Override
    public WindowTotals createAccumulator() {
        WindowTotals totals = new WindowTotals();
        totals.totals = new double[specs.size()];
        return totals;
    }

    @Override
    public WindowTotals add(ShopEvent event, WindowTotals totals) {
        for (int i = 0; i < specs.size(); i++) {
            FeatureSpec spec = specs.get(i);
            if (!spec.types().isEmpty() && !spec.types().contains(event.type)) {
                continue;
            }
            switch (spec.kind()) {
                case SUM -> totals.totals[i] += event.price;
                case DISTINCT -> addItem(event.item, totals);
                default -> totals.totals[i]++;
            }
        }
        return totals;
    }

    private static void addItem(int item, WindowTotals totals) {
        int at = Arrays.binarySearch(totals.items, item);
        if (item == 0 || at >= 0) {
            return;
        }
        int place = -at - 1;
        int[] more = Arrays.copyOf(totals.items, totals.items.length + 1);
        System.arraycopy(more, place, more, place + 1, totals.items.length - place);
        more[place] = item;
        totals.items = more;
    }

    @Override
    public double[] getResult(WindowTotals totals) {
        double[] values = totals.totals.clone();
        for (int i = 0; i < values.length; i++) {
            if (specs.get(i).kind() == FeatureKind.DISTINCT) {
                values[i] = totals.items.length;
            }
        }
        return values;
    }

    /** Only session windows merge, and these hold nothing but a count. */
    @Override
    public WindowTotals merge(WindowTotals a, WindowTotals b) {
        for (int i = 0; i < a.totals.length; i++) {
            a.totals[i] += b.totals[i];
        }
        for (int item : b.items) {
            addItem(item, a);
        }
        return a;
    }
}
