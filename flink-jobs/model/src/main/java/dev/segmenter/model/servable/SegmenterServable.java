// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.servable;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.servable.api.DataFrame;
import org.apache.flink.ml.servable.api.ModelServable;

/** Scores feature vectors as the job does, in any JVM service, without Flink. */
public final class SegmenterServable implements ModelServable<SegmenterServable> {
    private final Map<Param<?>, Object> params = new HashMap<>();

    @Override
    public SegmenterServable setModelData(InputStream... modelData) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataFrame transform(DataFrame input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Param<?>, Object> getParamMap() {
        return params;
    }
}
