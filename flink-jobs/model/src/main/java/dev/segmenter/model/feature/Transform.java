// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

/** How a feature's value enters distances. StrictMath, so that every machine gets the same bits. */
public enum Transform {
    NONE {
        @Override
        public double apply(double value) {
            return value;
        }

        @Override
        public double invert(double transformed) {
            return transformed;
        }
    },
    LOG1P {
        @Override
        public double apply(double value) {
            return StrictMath.log1p(value);
        }

        @Override
        public double invert(double transformed) {
            return StrictMath.expm1(transformed);
        }
    };

    /** From the feature's own unit to the unit of centroids. */
    public abstract double apply(double value);

    /** From the unit of centroids back to the feature's own. */
    public abstract double invert(double transformed);
}
