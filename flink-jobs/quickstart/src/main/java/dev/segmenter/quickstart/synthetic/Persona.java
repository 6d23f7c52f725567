// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

/** How a kind of synthetic user behaves; none of it is written into the events. */
public enum Persona {
    /** Comes often, looks at much, buys nothing. */
    WINDOW_SHOPPER(new Habits(0.55, 14, 0.01, 0.02, 0.0, 0.0, 25), Rhythm.STEADY),
    /** Fills carts, waits, buys cheap things and sends some of them back. */
    BARGAIN_HUNTER(new Habits(0.30, 9, 0.45, 0.10, 0.35, 0.30, 8), Rhythm.STEADY),
    /** Comes to buy and keeps what it bought. */
    LOYAL_BUYER(new Habits(0.40, 5, 0.60, 0.15, 0.75, 0.01, 45), Rhythm.STEADY),
    /** One dear thing, then next to nothing for months. */
    ONE_TIME_BUYER(new Habits(0.018, 2, 1.0, 0.0, 1.0, 0.01, 180), Rhythm.STEADY),
    /** Bought a while ago in a burst and has been away since. */
    LAPSING_BUYER(new Habits(0.45, 6, 0.40, 0.10, 0.45, 0.05, 30), Rhythm.BURSTS),
    /** Drops by now and then, never with a cart. */
    CASUAL_BROWSER(new Habits(0.07, 3, 0.0, 0.01, 0.0, 0.0, 20), Rhythm.STEADY);

    @SuppressWarnings("ImmutableEnumChecker") // A record of numbers.
    private final Habits habits;

    private final Rhythm rhythm;

    Persona(Habits habits, Rhythm rhythm) {
        this.habits = habits;
        this.rhythm = rhythm;
    }

    Habits habits() {
        return habits;
    }

    Rhythm rhythm() {
        return rhythm;
    }

    /** When a persona is about. */
    enum Rhythm {
        /** All the year round. */
        STEADY,
        /** {@link #ACTIVE_DAYS} days of every {@link #CYCLE_DAYS}. */
        BURSTS;

        static final int ACTIVE_DAYS = 18;
        static final int CYCLE_DAYS = 84;
    }

    /**
     * Rates of a user of mean activity.
     *
     * @param sessionsPerDay while it is about
     * @param viewsPerSession mean of a geometric distribution, at least 1
     * @param cart probability that a viewed item goes into the cart
     * @param favourite probability that a viewed item becomes a favourite
     * @param purchase probability that an item in the cart is bought
     * @param cancel probability that a purchase is cancelled
     * @param price median price, log-normally distributed
     */
    record Habits(
            double sessionsPerDay,
            double viewsPerSession,
            double cart,
            double favourite,
            double purchase,
            double cancel,
            double price) {}
}
