// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

/** How a feature's value enters distances. To the bits of StrictMath, the same on every machine. */
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
            int whole = (int) value;
            if (whole > 0 && whole < WHOLE.length && whole == value) {
                return WHOLE[whole];
            }
            return Log1p.of(value);
        }

        @Override
        public double invert(double transformed) {
            return StrictMath.expm1(transformed);
        }
    };

    /** log1p of small whole numbers: most features count. */
    private static final double[] WHOLE = new double[1 << 11];

    static {
        for (int i = 0; i < WHOLE.length; i++) {
            WHOLE[i] = Log1p.of(i);
        }
    }

    /** From the feature's own unit to the unit of centroids. */
    public abstract double apply(double value);

    /** From the unit of centroids back to the feature's own. */
    public abstract double invert(double transformed);
}
