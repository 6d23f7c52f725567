// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.HOUR;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.at;
import static dev.segmenter.job.functions.Plane.model;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Sends updates with watermarks on time, and models with watermarks that lag at random. */
final class ModelFeed {
    static final long DELAY = HOUR / 12;
    static final long END = START + 20 * DAY;
    static final int USERS = 6;
    private static final double[] LEFT = {0, 0};
    private static final double[] RIGHT = {10, 0};

    private final Random random;
    private long trained = START;
    private long nextModel = 1;
    private long mostWaiting;

    ModelFeed(long seed) {
        random = new Random(seed);
    }

    void play(AssignHarness assign, List<UserUpdate> updates) throws Exception {
        for (UserUpdate update : updates) {
            assign.update(update);
            assign.usersWatermark(update.time() - DELAY);
            mostWaiting =
                    Math.max(mostWaiting, assign.metrics().gauge(MetricNames.WAITING_VECTORS));
            if (random.nextInt(15) == 0) {
                trainUpTo(assign, update.time() - DELAY);
            }
        }
    }

    void end(AssignHarness assign) throws Exception {
        assign.usersWatermark(END);
        trainUpTo(assign, END);
    }

    private void trainUpTo(AssignHarness assign, long time) throws Exception {
        for (; nextModel <= models().size() && closedAt(nextModel) <= time; nextModel++) {
            assign.model(models().get((int) nextModel - 1));
        }
        trained = Math.max(trained, time);
        assign.modelsWatermark(trained);
    }

    /** The most updates that waited at once. */
    long mostWaiting() {
        return mostWaiting;
    }

    /** A model every second day; the segments trade places now and then, so that users move by it. */
    static List<CentroidSnapshot> models() {
        return LongStream.rangeClosed(1, 9)
                .mapToObj(
                        version ->
                                version % 4 == 0
                                        ? model(version, closedAt(version), DELAY, RIGHT, LEFT)
                                        : model(version, closedAt(version), DELAY, LEFT, RIGHT))
                .toList();
    }

    private static long closedAt(long version) {
        return START + version * 2 * DAY;
    }

    /** In the order of time, all before the end. */
    static List<UserUpdate> randomUpdates(long seed, int size) {
        Random random = new Random(seed);
        List<UserUpdate> updates = new ArrayList<>();
        long step = (END - START - DAY) / size;
        for (int i = 0; i < size; i++) {
            long time = START + i * step + random.nextLong(step);
            String user = "u" + random.nextInt(USERS);
            updates.add(at(user, time, random.nextInt(11), random.nextInt(3)));
        }
        return updates;
    }
}
