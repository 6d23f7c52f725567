// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

/** Two values of one unit, written so that they differ where the values do. */
record Figures(Unit unit, String first, String second) {
    private static final int HOURS_A_DAY = 24;

    /** What a value is counted in. */
    enum Unit {
        PLAIN,
        PERCENT,
        DAYS;

        String write(double value, int moreDecimals) {
            return switch (this) {
                case PLAIN -> Numbers.of(value, moreDecimals);
                case PERCENT -> Numbers.of(100 * value, moreDecimals) + " %";
                case DAYS -> days(value, moreDecimals);
            };
        }

        private static String days(double days, int moreDecimals) {
            boolean inDays = days >= 1 || days == 0;
            String number = Numbers.of(inDays ? days : days * HOURS_A_DAY, moreDecimals);
            String noun = inDays ? "day" : "hour";
            return number + " " + noun + (number.equals("1") ? "" : "s");
        }
    }

    static Figures of(Unit unit, double first, double second) {
        Figures coarse = written(unit, first, second, 0);
        boolean same = first == second || !coarse.first.equals(coarse.second);
        return same ? coarse : written(unit, first, second, Numbers.FINE);
    }

    private static Figures written(Unit unit, double first, double second, int moreDecimals) {
        return new Figures(unit, unit.write(first, moreDecimals), unit.write(second, moreDecimals));
    }

    String bareFirst() {
        return bare(first, second);
    }

    String bareSecond() {
        return bare(second, first);
    }

    /** Without the unit of time if the other is in the same. */
    private String bare(String figure, String other) {
        boolean sameUnit = figure.contains(" day") == other.contains(" day");
        return unit == Unit.DAYS && sameUnit ? figure.replaceAll(" (day|hour)s?$", "") : figure;
    }
}
