// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Random histories of one user: bursts, gaps of hours to months, disorder, repeated event ids. */
public final class Streams extends DomainContextBase {
    private static final long START = 1_700_000_000_000L;

    /** One event in arrival order, with what the harness does after it. */
    record Step(ClickEvent event, long timerAfter, boolean stored) {}

    /** A user with its events. */
    record Stream(String userId, List<Step> steps) {
        List<ClickEvent> events() {
            return steps.stream().map(Step::event).toList();
        }
    }

    private record Draw(
            long gap, long late, int type, int item, int price, boolean repeat, long timer) {}

    @Provide
    Arbitrary<Stream> streams() {
        Arbitrary<String> users = Arbitraries.integers().between(0, 1_000_000).map(i -> "u" + i);
        Arbitrary<List<Draw>> draws = draws().list().ofMinSize(1).ofMaxSize(40);
        return Combinators.combine(users, draws).as(Streams::stream);
    }

    private static Arbitrary<Draw> draws() {
        Arbitrary<Long> gaps =
                Arbitraries.frequencyOf(
                        Tuple.of(8, upTo(Duration.ofSeconds(20))),
                        Tuple.of(6, upTo(Duration.ofMinutes(50))),
                        Tuple.of(4, upTo(Duration.ofHours(30))),
                        Tuple.of(3, upTo(Duration.ofDays(10))),
                        Tuple.of(1, upTo(Duration.ofDays(130))));
        Arbitrary<Long> late =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(0L)),
                        Tuple.of(2, upTo(Duration.ofMinutes(5))),
                        Tuple.of(1, upTo(Duration.ofHours(26))));
        Arbitrary<Long> timers =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(0L)),
                        Tuple.of(2, upTo(Duration.ofHours(30))),
                        Tuple.of(1, upTo(Duration.ofDays(40))));
        return Combinators.combine(
                        gaps,
                        late,
                        Arbitraries.integers().between(-1, 1),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 3).map(i -> i == 0),
                        timers)
                .as(Draw::new);
    }

    private static Arbitrary<Long> upTo(Duration duration) {
        return Arbitraries.longs().between(0, duration.toMillis());
    }

    private static Stream stream(String userId, List<Draw> draws) {
        List<Step> steps = new ArrayList<>();
        long now = START;
        for (int i = 0; i < draws.size(); i++) {
            Draw draw = draws.get(i);
            now += draw.gap;
            long id = draw.repeat && i > 0 ? steps.get(i - 1).event.eventIdHash() : i;
            ClickEvent event =
                    new ClickEvent(
                            userId,
                            false,
                            now,
                            id,
                            now - draw.late,
                            draw.type,
                            draw.item,
                            draw.item % 3,
                            draw.price / 4.0);
            steps.add(new Step(event, now + draw.timer, draw.price % 2 == 0));
        }
        return new Stream(userId, steps);
    }
}
