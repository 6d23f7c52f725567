// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.UserUpdate.Kind;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may happen to one user: options, model versions and updates, all from one seed. Times are
 * few milliseconds, so that guard ends, updates and activations often fall together; coordinates
 * are small whole numbers and sigmas powers of two, so that distances are exact and ties are common.
 */
record History(
        long seed, AssignOptions options, List<CentroidModel> models, List<UserUpdate> updates) {

    static final FeatureSet FEATURES =
            FeatureSet.of(
                    List.of(
                            feature("a", Transform.NONE, true),
                            feature("reported", Transform.NONE, false),
                            feature("b", Transform.NONE, true),
                            feature("c", Transform.LOG1P, true)));

    private static final int SPAN = 60;
    private static final int REACH = 12;
    private static final int STROLL = 400;

    /** What is held fixed in a history. */
    enum Kept {
        NOTHING,
        MODEL,
        VECTORS,
        SEGMENTS_ALIVE
    }

    static History random(long seed, Kept kept) {
        return random(seed, kept, false);
    }

    static History random(long seed, Kept kept, boolean cosine) {
        Random random = new Random(seed);
        return new History(
                seed,
                options(random),
                models(random, kept, cosine),
                updates(random, kept == Kept.VECTORS));
    }

    /**
     * Many steps that are short beside the distances between many segments, a while in one direction, under two
     * versions: between two crossings of a border a user nearly always stays where it was.
     */
    static History strolling(long seed) {
        Random random = new Random(seed);
        List<CentroidModel> models = new ArrayList<>();
        int segments = 2 + random.nextInt(30);
        for (int version = 1; version <= 2; version++) {
            ModelBuilder model =
                    new ModelBuilder(FEATURES, version)
                            .effectiveFrom(version == 1 ? 0 : random.nextInt(STROLL))
                            .mean(4, 4, 1)
                            .sigma(pick(random, 0, 0.5, 2), pick(random, 0.5, 1), 0.25);
            for (int id = 1; id <= segments; id++) {
                model.centroid(
                        id,
                        "segment " + id,
                        random.nextInt(REACH),
                        REACH * random.nextDouble(),
                        random.nextInt(10) / 4.0);
            }
            models.add(model.build());
        }
        List<UserUpdate> updates = new ArrayList<>();
        double[] values = values(random);
        int feature = 0;
        double direction = 1;
        for (int time = 0; time < STROLL; time++) {
            if (random.nextInt(20) == 0) {
                feature = random.nextInt(values.length);
                direction = random.nextBoolean() ? 1 : -1;
            }
            double step = random.nextInt(4) == 0 ? 0.25 : 0.5 * random.nextDouble();
            values = values.clone();
            values[feature] = Math.max(0, Math.min(REACH, values[feature] + direction * step));
            updates.add(update(Kind.VECTOR, 0, time, time % 50 > 40, values));
        }
        return new History(seed, options(random), models, updates);
    }

    long end() {
        return updates.get(updates.size() - 1).time();
    }

    private static FeatureSpec feature(String name, Transform transform, boolean clustered) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(),
                null,
                Duration.ofDays(7),
                null,
                null,
                transform,
                clustered,
                null,
                null);
    }

    private static AssignOptions options(Random random) {
        double margin = pick(random, 0, 0.1, 0.25, 0.5);
        long stay = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
        long confirmation = random.nextInt(stay == 0 ? 10 : (int) stay + 1);
        long from = random.nextInt(3) == 0 ? random.nextInt(SPAN) : Long.MIN_VALUE;
        Guards guards =
                new Guards(margin, Duration.ofMillis(stay), Duration.ofMillis(confirmation));
        return new AssignOptions(guards, from, Duration.ofMillis(random.nextInt(40)));
    }

    private static List<CentroidModel> models(Random random, Kept kept, boolean cosine) {
        Set<Integer> alive = new TreeSet<>();
        int next = 1;
        List<CentroidModel> models = new ArrayList<>();
        long effectiveFrom = random.nextInt(20) - 10L;
        int versions = kept == Kept.MODEL ? 1 : 1 + random.nextInt(6);
        for (long version = 1; version <= versions; version++) {
            if (kept != Kept.SEGMENTS_ALIVE) {
                alive.removeIf(id -> random.nextInt(5) == 0);
            }
            int births = version == 1 ? 1 + random.nextInt(4) : random.nextInt(3) / 2;
            for (int i = 0; i < births || alive.isEmpty(); i++) {
                alive.add(next++);
            }
            models.add(model(random, version, effectiveFrom, alive, cosine));
            // Mostly one after the other, at times all at once, overtaking, or never.
            effectiveFrom =
                    random.nextInt(5) == 0
                            ? random.nextInt(SPAN)
                            : effectiveFrom + random.nextInt(20);
        }
        return models;
    }

    private static CentroidModel model(
            Random random, long version, long effectiveFrom, Set<Integer> alive, boolean cosine) {
        ModelBuilder model =
                new ModelBuilder(FEATURES, version)
                        .effectiveFrom(effectiveFrom)
                        .mean(4, 4, 1)
                        .sigma(
                                pick(random, 0, 0.5, 1, 2),
                                pick(random, 0.5, 1, 2),
                                pick(random, 0, 0.25, 0.5));
        if (cosine) {
            model.cosine();
        }
        for (int id : alive) {
            model.centroid(
                    id,
                    "segment " + id + (random.nextInt(4) == 0 ? " as of " + version : ""),
                    random.nextInt(REACH),
                    random.nextInt(REACH),
                    random.nextInt(10) / 4.0);
        }
        return model.build();
    }

    private static List<UserUpdate> updates(Random random, boolean frozenVector) {
        List<UserUpdate> updates = new ArrayList<>();
        double[] values = values(random);
        long time = random.nextInt(10);
        long incarnation = time;
        boolean flagged = false;
        for (int left = 1 + random.nextInt(25); left > 0; left--) {
            Kind kind = kind(random);
            flagged = random.nextInt(10) == 0 ? !flagged : flagged;
            if (!frozenVector && random.nextInt(2) == 0) {
                values = moved(random, values);
            }
            updates.add(update(kind, incarnation, time, flagged, values));
            time += random.nextInt(6);
            if (kind != Kind.VECTOR || random.nextInt(60) == 0) {
                time++;
                incarnation = time;
            }
        }
        return updates;
    }

    private static UserUpdate update(
            Kind kind, long incarnation, long time, boolean flagged, double[] values) {
        double[] carried = kind == Kind.VECTOR ? values.clone() : new double[0];
        return new UserUpdate(
                kind, "u", incarnation, time, FEATURES.fingerprint(), flagged, carried);
    }

    private static Kind kind(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Kind.EXPIRY;
            case 1 -> Kind.ERASURE;
            default -> Kind.VECTOR;
        };
    }

    private static double[] values(Random random) {
        double[] values = new double[FEATURES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(REACH);
        }
        return values;
    }

    private static double[] moved(Random random, double[] values) {
        if (random.nextInt(3) == 0) {
            return values(random);
        }
        double[] moved = values.clone();
        moved[random.nextInt(moved.length)] = random.nextInt(10) == 0 ? 0 : random.nextInt(REACH);
        return moved;
    }

    private static double pick(Random random, double... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
