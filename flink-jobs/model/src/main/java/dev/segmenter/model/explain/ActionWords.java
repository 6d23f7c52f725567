// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an event type is called.
 *
 * @param singular for example purchase
 * @param plural for example purchases
 * @param participle what was done to an item, for example bought
 * @param often said of who does it much, null if there is no short way
 * @param rarely said of who does it little, null if there is no short way
 */
record ActionWords(String singular, String plural, String participle, String often, String rarely) {

    private static final ActionWords ANY =
            new ActionWords("event", "events", null, "acts often", "acts rarely");

    private static final ActionWords FAVOURITE =
            new ActionWords(
                    "favourite",
                    "favourites",
                    "marked as favourite",
                    "marks many favourites",
                    "marks few favourites");

    private static final Map<String, ActionWords> KNOWN =
            Map.of(
                    "view",
                    new ActionWords("view", "views", "viewed", "browses much", "browses little"),
                    "cart",
                    new ActionWords(
                            "cart addition",
                            "cart additions",
                            "put in the cart",
                            "fills carts often",
                            "fills carts rarely"),
                    "favorite",
                    FAVOURITE,
                    "favourite",
                    FAVOURITE,
                    "purchase",
                    new ActionWords("purchase", "purchases", "bought", "buys often", "buys rarely"),
                    "cancel",
                    new ActionWords(
                            "cancellation",
                            "cancellations",
                            "cancelled",
                            "cancels often",
                            "cancels rarely"));

    /** Of events of any of these types; of none: of all events. */
    static ActionWords of(Collection<String> types) {
        if (types.isEmpty()) {
            return ANY;
        }
        if (types.size() == 1) {
            return of(types.iterator().next());
        }
        return new ActionWords(
                joined(types, ActionWords::singular),
                joined(types, ActionWords::plural),
                null,
                null,
                null);
    }

    private static ActionWords of(String type) {
        ActionWords known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        String readable = type.replace('_', ' ');
        return new ActionWords(readable + " event", readable + " events", null, null, null);
    }

    private static String joined(Collection<String> types, Function<ActionWords, String> word) {
        return new TreeSet<>(types)
                .stream().map(ActionWords::of).map(word).collect(Collectors.joining(" or "));
    }

    /** The noun after a number as it is written. */
    String noun(String number) {
        return number.equals("1") ? singular : plural;
    }
}
