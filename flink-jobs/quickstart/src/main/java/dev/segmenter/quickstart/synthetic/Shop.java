// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import java.util.SplittableRandom;

/** The assortment: items by popularity (Zipf's law, exponent 1), each of one category. */
final class Shop {
    private static final int ITEMS = 5_000;
    private static final int CATEGORIES = 40;
    private static final double PRICE_SPREAD = 0.5;

    private Shop() {}

    /** Number of a popular item more often than of an unpopular one. */
    static int drawItem(SplittableRandom random) {
        // Inverse of the continuous 1/x law on [1, ITEMS + 1).
        return (int) StrictMath.exp(random.nextDouble() * StrictMath.log(ITEMS + 1.0));
    }

    static String itemName(int item) {
        return "item-" + item;
    }

    static String categoryOf(int item) {
        return "category-" + item % CATEGORIES;
    }

    /** A log-normal price with this median, in whole cents. */
    static double drawPrice(SplittableRandom random, double median) {
        double price = median * StrictMath.exp(PRICE_SPREAD * gaussian(random));
        return Math.max(1, Math.round(price * 100)) / 100.0;
    }

    /** Box-Muller, one of the pair: StrictMath gives every machine the same stream. */
    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
