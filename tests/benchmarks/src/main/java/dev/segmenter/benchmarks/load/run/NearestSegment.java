// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.PeerModel;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Joins a user's windows into a vector and holds it against the broadcast model. */
final class NearestSegment
        extends KeyedBroadcastProcessFunction<String, WindowValues, double[], String> {
    private static final long serialVersionUID = 1L;

    private final FeatureSet features;
    private transient ValueState<double[]> values;
    private transient ValueState<Integer> segment;

    NearestSegment(FeatureSet features) {
        this.features = features;
    }

    @Override
    public void open(OpenContext context) {
        values =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "values",
                                        PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
        segment = getRuntimeContext().getState(new ValueStateDescriptor<>("segment", Types.INT));
    }

    @Override
    public void processElement(WindowValues window, ReadOnlyContext context, Collector<String> out)
            throws Exception {
        double[] all = values.value();
        if (all == null) {
            all = new double[features.size()];
        }
        for (int i = 0; i < window.positions.length; i++) {
            all[window.positions[i]] = window.values[i];
        }
        values.update(all);
        double[] model = context.getBroadcastState(TextbookJob.MODEL).get(TextbookJob.CURRENT);
        if (model == null) {
            return;
        }
        divide(all);
        double[] vector = new double[features.dimension()];
        features.toVector(all, vector);
        int nearest = PeerModel.nearest(vector, model);
        Integer before = segment.value();
        if (before == null || before != nearest) {
            segment.update(nearest);
            out.collect(window.userId + "," + window.time + "," + nearest);
        }
    }

    private void divide(double[] all) {
        for (int i = 0; i < all.length; i++) {
            FeatureSpec spec = features.features().get(i);
            if (spec.kind() == FeatureKind.RATIO) {
                double below = all[features.indexOf(spec.denominator())];
                all[i] = below == 0 ? 0 : all[features.indexOf(spec.numerator())] / below;
            }
        }
    }

    @Override
    public void processBroadcastElement(double[] model, Context context, Collector<String> out)
            throws Exception {
        context.getBroadcastState(TextbookJob.MODEL).put(TextbookJob.CURRENT, model);
    }
}
