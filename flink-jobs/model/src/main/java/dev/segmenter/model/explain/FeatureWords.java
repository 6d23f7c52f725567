// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the features of a set are called, and their values in words, from their declarations alone. */
public final class FeatureWords {
    private static final Set<FeatureKind> COUNTED =
            EnumSet.of(FeatureKind.COUNT, FeatureKind.DISTINCT, FeatureKind.SESSIONS);
    private static final Set<String> PURCHASE = Set.of("purchase");
    private static final Duration DAY = Duration.ofDays(1);

    private final FeatureSet features;

    public FeatureWords(FeatureSet features) {
        this.features = features;
    }

    /** Two or three words for a segment high or low in a feature: those declared, else from its name. */
    public static String shortWords(FeatureSpec feature, boolean high) {
        String given = high ? feature.high() : feature.low();
        return given != null ? given : (high ? "high " : "low ") + feature.name().replace('_', ' ');
    }

    /** What a feature measures, for example purchases in 30 days. */
    public String title(FeatureSpec feature) {
        return switch (feature.kind()) {
            case RECENCY ->
                    feature.types().isEmpty()
                            ? "silence"
                            : "time since the last " + actions(feature).singular();
            case RATIO -> ratioTitle(feature);
            default -> named(feature) + window(feature);
        };
    }

    /** One value in its unit, for example 3.1 purchases in 30 days. */
    public String amount(FeatureSpec feature, double value) {
        Figures figures = Figures.of(unit(feature, value, value), value, value);
        return amount(feature, figures.first(), figures.unit(), false);
    }

    /** A value against another, for example buys often, 3.1 purchases in 30 days against 0.4. */
    String comparison(FeatureSpec feature, double value, double other, String lead) {
        Figures figures = Figures.of(unit(feature, value, other), value, other);
        String amount = amount(feature, figures.first(), figures.unit(), lead != null);
        return (lead == null ? "" : lead + ", ") + amount + " against " + figures.bareSecond();
    }

    /**
     * How a value moved, for example purchases in 30 days rose from 0.4 to 3.1. A feature that is declared no
     * more goes by its name.
     */
    String movement(String name, double before, double now) {
        Optional<FeatureSpec> declared =
                features.features().stream().filter(f -> f.name().equals(name)).findFirst();
        String title = declared.map(this::title).orElse(name.replace('_', ' '));
        Figures.Unit unit =
                declared.map(feature -> unit(feature, before, now)).orElse(Figures.Unit.PLAIN);
        Figures figures = Figures.of(unit, before, now);
        if (figures.first().equals(figures.second())) {
            return title + " stayed at " + figures.first();
        }
        String verb = now > before ? " rose from " : " fell from ";
        return title + verb + figures.bareFirst() + " to " + figures.second();
    }

    /** A verb phrase such as buys often, else the declared words, else null. */
    String lead(FeatureSpec feature, boolean high) {
        String given = high ? feature.high() : feature.low();
        return switch (feature.kind()) {
            case COUNT -> {
                String verb = high ? actions(feature).often() : actions(feature).rarely();
                yield verb != null ? verb : given;
            }
            case SUM -> isSpend(feature) ? (high ? "spends much" : "spends little") : given;
            case DISTINCT -> high ? "ranges widely" : "ranges narrowly";
            case SESSIONS -> high ? "comes often" : "comes rarely";
            case RECENCY -> null;
            case RATIO -> given;
        };
    }

    private String amount(FeatureSpec feature, String figure, Figures.Unit unit, boolean led) {
        return switch (feature.kind()) {
            case COUNT -> figure + " " + actions(feature).noun(figure) + window(feature);
            case SUM -> sum(feature, figure, led) + window(feature);
            case DISTINCT -> figure + " " + distinct(feature, figure) + window(feature);
            case SESSIONS ->
                    figure + (figure.equals("1") ? " session" : " sessions") + window(feature);
            case RECENCY ->
                    feature.types().isEmpty()
                            ? "silent for " + figure
                            : figure + " since the last " + actions(feature).singular();
            case RATIO -> ratio(feature, figure, unit);
        };
    }

    private static String sum(FeatureSpec feature, String figure, boolean led) {
        if (!isSpend(feature)) {
            return figure + " worth of " + actions(feature).plural();
        }
        return led ? figure : figure + " spent";
    }

    private static String distinct(FeatureSpec feature, String figure) {
        boolean one = figure.equals("1");
        String done = feature.types().size() == 1 ? actions(feature).participle() : null;
        String thing =
                feature.field() == EventField.ITEM
                        ? (one ? "item" : "items")
                        : (one ? "category" : "categories");
        return "different " + thing + (done == null ? "" : " " + done);
    }

    private String ratio(FeatureSpec feature, String figure, Figures.Unit unit) {
        FeatureSpec over = operand(feature.numerator());
        FeatureSpec under = operand(feature.denominator());
        if (unit == Figures.Unit.PERCENT) {
            return named(over)
                    + firstWindow(over, under)
                    + " at "
                    + figure
                    + " of "
                    + named(under)
                    + window(under);
        }
        String counted =
                over.kind() == FeatureKind.SUM
                        ? sum(over, figure, false)
                        : figure + " " + (figure.equals("1") ? singular(over) : named(over));
        return counted + firstWindow(over, under) + " per " + singular(under) + window(under);
    }

    private String ratioTitle(FeatureSpec feature) {
        FeatureSpec over = operand(feature.numerator());
        FeatureSpec under = operand(feature.denominator());
        return named(over) + firstWindow(over, under) + " per " + singular(under) + window(under);
    }

    private static String firstWindow(FeatureSpec over, FeatureSpec under) {
        return Objects.equals(over.window(), under.window()) ? "" : window(over);
    }

    /** What is counted or summed, without a number or a window. */
    private static String named(FeatureSpec feature) {
        return switch (feature.kind()) {
            case COUNT -> actions(feature).plural();
            case SUM -> isSpend(feature) ? "spend" : "value of " + actions(feature).plural();
            case DISTINCT -> distinct(feature, "");
            case SESSIONS -> "sessions";
            case RECENCY ->
                    feature.types().isEmpty()
                            ? "days of silence"
                            : "days since the last " + actions(feature).singular();
            case RATIO -> throw new IllegalArgumentException("a ratio has no ratio as operand");
        };
    }

    private static String singular(FeatureSpec feature) {
        return switch (feature.kind()) {
            case COUNT -> actions(feature).singular();
            case SUM -> isSpend(feature) ? "unit spent" : "unit of " + named(feature);
            case DISTINCT -> distinct(feature, "1");
            case SESSIONS -> "session";
            case RECENCY -> "day" + named(feature).substring("days".length());
            case RATIO -> named(feature);
        };
    }

    private Figures.Unit unit(FeatureSpec feature, double first, double second) {
        if (feature.kind() == FeatureKind.RECENCY) {
            return Figures.Unit.DAYS;
        }
        if (feature.kind() != FeatureKind.RATIO) {
            return Figures.Unit.PLAIN;
        }
        FeatureKind over = operand(feature.numerator()).kind();
        FeatureKind under = operand(feature.denominator()).kind();
        boolean comparable = over == under || (COUNTED.contains(over) && COUNTED.contains(under));
        // Shares read well in percent; 12 views a session do not.
        return comparable && Math.max(first, second) <= 1
                ? Figures.Unit.PERCENT
                : Figures.Unit.PLAIN;
    }

    private FeatureSpec operand(String name) {
        return features.features().get(features.indexOf(name));
    }

    private static ActionWords actions(FeatureSpec feature) {
        return ActionWords.of(feature.types());
    }

    private static boolean isSpend(FeatureSpec feature) {
        return feature.types().equals(PURCHASE);
    }

    private static String window(FeatureSpec feature) {
        Duration window = feature.window();
        if (window == null) {
            return "";
        }
        if (window.compareTo(DAY) <= 0) {
            return window.toHours() == 1 ? " in an hour" : " in " + window.toHours() + " hours";
        }
        return " in " + window.toDays() + " days";
    }
}
