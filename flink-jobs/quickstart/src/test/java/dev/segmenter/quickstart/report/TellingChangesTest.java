// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.change;
import static dev.segmenter.quickstart.report.Records.hour;
import static dev.segmenter.quickstart.report.Records.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.report.TellingChanges.Told;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TellingChangesTest {
    @Test
    void chosen_manyOfAKind_isTheOneOfTheLargestMargin() {
        TellingChanges telling = new TellingChanges();
        telling.add(move("ann", START, 1, 2, 0.2));
        telling.add(move("bob", START, 1, 2, 0.7));
        telling.add(move("eve", START, 1, 2, 0.5));

        assertThat(telling.chosen()).containsExactly(new Told(move("bob", START, 1, 2, 0.7), 3));
    }

    @Test
    void chosen_manyKinds_takesTheCommonestOfEachCause() {
        TellingChanges telling = new TellingChanges();
        for (int to = 2; to <= 12; to++) {
            for (int n = 0; n < to; n++) {
                telling.add(move("user " + to + " " + n, START, 1, to, 0.5));
            }
        }
        telling.add(change("zoe", START, 1, 2, Cause.MODEL, 0.3));
        telling.add(change("pat", START, 0, 2, Cause.FIRST, 0));
        telling.add(change("kim", START, 2, 0, Cause.EXPIRY, 0));

        assertThat(telling.chosen())
                .extracting(told -> told.change().getSegmentId())
                .containsExactly(12, 11, 10, 9, 8, 7, 6, 2, 2, null);
        assertThat(telling.chosen())
                .extracting(told -> told.change().getCause())
                .endsWith(Cause.BEHAVIOUR, Cause.MODEL, Cause.FIRST, Cause.EXPIRY);
    }

    @Test
    void chosen_oneUserClearestInTwoKinds_isToldOnce() {
        TellingChanges telling = new TellingChanges();
        telling.add(move("ann", START, 1, 2, 0.9));
        telling.add(move("ann", hour(1), 2, 1, 0.9));

        assertThat(telling.chosen()).hasSize(1);
    }

    @Test
    void chosen_userErased_isNotTold() {
        TellingChanges telling = new TellingChanges();
        telling.add(move("ann", START, 1, 2, 0.9));
        telling.add(change("ann", hour(1), 2, 0, Cause.ERASURE, 0));

        assertThat(telling.chosen()).isEmpty();
    }

    @Test
    void chosen_otherOrder_isTheSame() {
        Random random = new Random(3);
        List<SegmentChange> changes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int from = 1 + random.nextInt(4);
            changes.add(move("u" + i, hour(i), from, from % 4 + 1, random.nextInt(5) / 10.0));
        }
        List<Told> inOrder = chosen(changes);
        Collections.shuffle(changes, random);

        assertThat(chosen(changes)).isEqualTo(inOrder).hasSize(4);
    }

    private static List<Told> chosen(List<SegmentChange> changes) {
        TellingChanges telling = new TellingChanges();
        changes.forEach(telling::add);
        return telling.chosen();
    }
}
