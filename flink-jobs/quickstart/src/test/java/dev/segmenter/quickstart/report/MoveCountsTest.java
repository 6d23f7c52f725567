// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoveCountsTest {
    private static final Move MOVE = new Move(1, 2, Cause.BEHAVIOUR);

    @Test
    void add_shortRun_keepsHours() {
        MoveCounts counts = new MoveCounts();
        counts.add(START.plusSeconds(10), MOVE);
        counts.add(START.plusSeconds(20), MOVE);
        counts.add(hour(1), MOVE);

        assertThat(counts.width()).isEqualTo(Duration.ofHours(1));
        assertThat(counts.buckets().keySet())
                .containsExactly(START.toEpochMilli(), hour(1).toEpochMilli());
        assertThat(counts.buckets().get(START.toEpochMilli())).containsEntry(MOVE, 2L);
    }

    @Test
    void add_yearsOfMoves_widensBucketsAndLosesNone() {
        MoveCounts counts = new MoveCounts();
        int hours = 24 * 365 * 3;
        for (int i = 0; i < hours; i++) {
            counts.add(hour(i), MOVE);
        }

        assertThat(counts.width()).isEqualTo(Duration.ofDays(7));
        assertThat(counts.buckets()).hasSizeLessThanOrEqualTo(MoveCounts.MOST_BUCKETS);
        assertThat(counts.total()).containsExactly(Map.entry(MOVE, (long) hours));
    }

    @Test
    void add_otherOrder_countsTheSame() {
        List<Instant> times = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            times.add(hour(random.nextInt(24 * 400)));
        }
        MoveCounts sorted = new MoveCounts();
        times.stream().sorted().forEach(time -> sorted.add(time, MOVE));
        MoveCounts shuffled = new MoveCounts();
        Collections.shuffle(times, random);
        times.forEach(time -> shuffled.add(time, MOVE));

        assertThat(shuffled.width()).isEqualTo(sorted.width());
        assertThat(shuffled.buckets()).isEqualTo(sorted.buckets());
    }
}
