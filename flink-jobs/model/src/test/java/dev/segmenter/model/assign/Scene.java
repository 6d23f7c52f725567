// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One user u on a plane: features x and y clustered, a reported one between them. Times are days
 * since the incarnation at {@link #START}; models decide from a day before it unless told otherwise,
 * so that whoever is first seen then has been confirmed by then. The base model has segments 1 at (0, 0), 2 at (10, 0)
 * and 3 at (0, 10), in sigmas of 1.
 */
final class Scene {
    static final long START = 1_700_000_000_000L;
    static final FeatureSet PLANE =
            FeatureSet.of(List.of(feature("x", true), feature("extra", false), feature("y", true)));

    final ModelTimeline models = new ModelTimeline();
    final Recorder out = new Recorder();
    final SegmentAssigner assigner;
    UserSegment state;

    Scene(Guards guards) {
        this(new AssignOptions(guards, Long.MIN_VALUE, Duration.ofDays(10)));
    }

    Scene(AssignOptions options) {
        assigner = new SegmentAssigner(PLANE, options);
    }

    static FeatureSpec feature(String name, boolean clustered) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(),
                null,
                Duration.ofDays(7),
                null,
                null,
                Transform.NONE,
                clustered,
                null,
                null);
    }

    static long day(double days) {
        return START + (long) (days * Duration.ofDays(1).toMillis());
    }

    static ModelBuilder model(long version) {
        return new ModelBuilder(PLANE, version).effectiveFrom(day(-1)).observedSince(START);
    }

    static ModelBuilder baseModel(long version) {
        return model(version)
                .centroid(1, "one", 0, 0)
                .centroid(2, "two", 10, 0)
                .centroid(3, "three", 0, 10);
    }

    Scene with(ModelBuilder model) {
        models.add(model.build());
        return this;
    }

    Scene at(double day, double x, double y) {
        return update(UserUpdate.Kind.VECTOR, START, day, false, x, y);
    }

    Scene flaggedAt(double day, double x, double y) {
        return update(UserUpdate.Kind.VECTOR, START, day, true, x, y);
    }

    Scene lifeAt(long incarnation, double day, double x, double y) {
        return update(UserUpdate.Kind.VECTOR, incarnation, day, false, x, y);
    }

    Scene expiryAt(double day) {
        return update(UserUpdate.Kind.EXPIRY, START, day, false);
    }

    Scene erasureAt(double day) {
        return update(UserUpdate.Kind.ERASURE, START, day, false);
    }

    Scene timerAt(double day) {
        assigner.onTimer(state, "u", day(day), models, out);
        return this;
    }

    private Scene update(
            UserUpdate.Kind kind, long incarnation, double day, boolean flagged, double... xy) {
        double[] values = xy.length == 0 ? xy : new double[] {xy[0], 99, xy[1]};
        return update(
                new UserUpdate(
                        kind, "u", incarnation, day(day), PLANE.fingerprint(), flagged, values));
    }

    Scene update(UserUpdate update) {
        state = assigner.onUpdate(state, update, models, out);
        return this;
    }
}
