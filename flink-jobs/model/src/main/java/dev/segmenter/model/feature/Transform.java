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

        /**
         * The logarithm of y / x is at most (y - x) / sqrt(x y): the logarithmic mean is no less than the geometric one
         * (B. C. Carlson, "The logarithmic mean", American Mathematical Monthly 79, 1972).
         */
        @Override
        public double squaredBoundBetween(double from, double to) {
            double x = 1 + from;
            double y = 1 + to;
            double bound = (to - from) * (to - from) / (x * y);
            return x >= 1 && y >= 1 && bound > ROUNDED && bound < LOOSE ? bound : Double.NaN;
        }
    };

    /** What rounding does to a logarithm is nothing beside this. */
    private static final double ROUNDED = 1e-4 * 1e-4;

    /** From here on, where the logarithm is 1.27, the bound is more than 7 % too great. */
    private static final double LOOSE = 1.36 * 1.36;

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

    /**
     * The square of how far two values are at most from each other in the unit of centroids, to a relative 10^-9, at
     * less cost than by applying it to both; NaN where there is no such bound that is close.
     */
    public double squaredBoundBetween(double from, double to) {
        return Double.NaN;
    }
}
